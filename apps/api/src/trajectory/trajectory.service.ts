/** Reads trajectories and their milestones. */
import type { Actor } from "@pareidolia/core/actor";
import type { Database } from "@pareidolia/persistence/database";
import type { RunRecord } from "@pareidolia/persistence/queries/runQueries";
import {
  countTrajectories,
  findTrajectories,
  findTrajectoryCurves,
  findTrajectoryMilestones,
  listTrajectories,
  type TrajectoryCurveRecord,
  type TrajectoryMilestoneRecord,
  type TrajectoryRecord,
} from "@pareidolia/persistence/queries/trajectoryQueries";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ForwardArguments, readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { policy } from "../policy/policy.ts";

const byConfiguration: CursorShape = { name: "trajectories.configuration", values: ["integer", "integer", "integer"] };

/** Only those of these; null or undefined is all. */
export interface TrajectoryChoice {
  readonly classes: readonly number[] | null | undefined;
  readonly configurations: readonly number[] | null | undefined;
}

export class TrajectoryService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async load(actor: Actor, ids: readonly string[]): Promise<(TrajectoryRecord | null)[]> {
    return policy.only(actor, "trajectory:read", await findTrajectories(this.#database.connection, ids));
  }

  async loadCurves(actor: Actor, ids: readonly string[]): Promise<(TrajectoryCurveRecord | null)[]> {
    return policy.only(actor, "trajectory:read", await findTrajectoryCurves(this.#database.connection, ids));
  }

  /** Of trajectories that the caller was handed already. */
  async loadMilestones(actor: Actor, trajectoryIds: readonly string[]): Promise<TrajectoryMilestoneRecord[][]> {
    const visible = await this.load(actor, trajectoryIds);
    const milestones = await findTrajectoryMilestones(this.#database.connection, trajectoryIds);
    return milestones.map((rows, i) => (visible[i] == null ? [] : rows));
  }

  async list(
    actor: Actor,
    run: RunRecord,
    args: ForwardArguments,
    { classes, configurations }: TrajectoryChoice,
  ): Promise<Connection<TrajectoryRecord>> {
    policy.require(actor, "trajectory:read", run);
    const { connection } = this.#database;
    const filter = { runId: run.id, classes: classes ?? undefined, configurations: configurations ?? undefined };
    const page = await listTrajectories(connection, { filter, page: readPage(args, byConfiguration) });
    return toConnection(page, byConfiguration, () => countTrajectories(connection, filter));
  }
}
