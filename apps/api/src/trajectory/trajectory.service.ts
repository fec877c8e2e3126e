/** Reads trajectories and their milestones. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import {
  countTrajectories,
  countTrajectoryResults,
  findBestTrajectories,
  findTrajectories,
  findTrajectoryCurves,
  findTrajectoryMilestones,
  listTrajectories,
  listTrajectoryResults,
  type TrajectoryCurveRecord,
  type TrajectoryMilestoneRecord,
  type TrajectoryRecord,
} from "@pareidolia/persistence/lab/trajectories/readTrajectories";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ConnectionArguments, readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { counterOf, maxCountOfResults } from "../pagination/rowCounter.ts";
import { policy } from "../policy/policy.ts";
import type { ResultOrder } from "../result/result.input.ts";
import { type ResultSelection, readResultOrder, resultCursor } from "../result/resultSelection.ts";
import type { TrajectoryFilter } from "./trajectory.input.ts";

const byConfiguration: CursorShape = { name: "trajectories.configuration", values: ["integer", "integer", "integer"] };

/** Which of a run's trajectories to list; null or undefined lists all. */
export interface TrajectoryChoice {
  readonly classes: readonly number[] | null | undefined;
  readonly configurations: readonly number[] | null | undefined;
}

export interface BestOfRun {
  readonly run: RunRecord;
  /** Maximum number: 1 to 20. */
  readonly first: number;
}

const mostBest = 20;

export class TrajectoryService {
  readonly #database: Database;
  readonly #results: ResultSelection;

  constructor(options: { database: Database; results: ResultSelection }) {
    this.#database = options.database;
    this.#results = options.results;
  }

  async load(actor: Actor, ids: readonly string[]): Promise<(TrajectoryRecord | null)[]> {
    return policy.only(actor, "trajectory:read", await findTrajectories(this.#database.connection, ids));
  }

  async loadCurves(actor: Actor, ids: readonly string[]): Promise<(TrajectoryCurveRecord | null)[]> {
    return policy.only(actor, "trajectory:read", await findTrajectoryCurves(this.#database.connection, ids));
  }

  /** The best trajectory per class of each run. Requests with the same `first` share one statement. */
  async loadBest(actor: Actor, requests: readonly BestOfRun[]): Promise<readonly TrajectoryRecord[][]> {
    for (const { run } of requests) policy.require(actor, "trajectory:read", run);
    const found = new Map<BestOfRun, TrajectoryRecord[]>();
    for (const limit of new Set(requests.map(({ first }) => first))) {
      if (limit < 1 || limit > mostBest) throw new AppError("INVALID_INPUT", `"first" must be from 1 to ${mostBest}.`, { field: "first" });
      const together = requests.filter(({ first }) => first === limit);
      const runIds = together.map(({ run }) => run.id);
      const rows = await findBestTrajectories(this.#database.connection, { runIds, limit });
      for (const [i, one] of together.entries()) found.set(one, rows[i] ?? []);
    }
    return requests.map((one) => found.get(one) ?? []);
  }

  /** Empty for trajectories that the actor may not read. */
  async loadMilestones(actor: Actor, trajectoryIds: readonly string[]): Promise<TrajectoryMilestoneRecord[][]> {
    const visible = await this.load(actor, trajectoryIds);
    const milestones = await findTrajectoryMilestones(this.#database.connection, trajectoryIds);
    return milestones.map((rows, i) => (visible[i] == null ? [] : rows));
  }

  /** Lists trajectories of all runs. */
  async listResults(
    actor: Actor,
    args: ConnectionArguments,
    filter: TrajectoryFilter | null | undefined,
    orderBy: ResultOrder | null | undefined,
  ): Promise<Connection<TrajectoryRecord>> {
    const { connection } = this.#database;
    const order = readResultOrder(orderBy);
    const cursor = resultCursor("trajectories", order);
    const page = readPage(args, cursor);
    const conditions = await this.#results.read(actor, "trajectory:read", filter, order);
    const rows = await listTrajectoryResults(connection, { filter: conditions, order, page });
    return toConnection(
      rows,
      cursor,
      counterOf(this.#database, (request) => countTrajectoryResults(request, { filter: conditions, order }), maxCountOfResults),
    );
  }

  async list(
    actor: Actor,
    run: RunRecord,
    args: ConnectionArguments,
    { classes, configurations }: TrajectoryChoice,
  ): Promise<Connection<TrajectoryRecord>> {
    const { connection } = this.#database;
    const filter = {
      scope: policy.scopeWithin(actor, "trajectory:read", run),
      runId: run.id,
      classes: classes ?? undefined,
      configurations: configurations ?? undefined,
    };
    const page = await listTrajectories(connection, { filter, page: readPage(args, byConfiguration) });
    return toConnection(
      page,
      byConfiguration,
      counterOf(this.#database, (request) => countTrajectories(request, filter)),
    );
  }
}
