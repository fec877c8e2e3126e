/** Reads runs with their generations and milestones. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { runKinds } from "@pareidolia/core/runKinds/registry";
import type { ExperimentRecord } from "@pareidolia/persistence/lab/experiments/readExperiments";
import {
  findGenerations,
  findMilestones,
  type GenerationRecord,
  type MilestoneRecord,
} from "@pareidolia/persistence/lab/generations/readGenerations";
import { type ChainHash, findLastHashes } from "@pareidolia/persistence/lab/hashChains/readHashChain";
import { measureRuns, type OutcomeRecord } from "@pareidolia/persistence/lab/runs/measureOutcomes";
import {
  countRuns,
  findRuns,
  findRunsByNumber,
  findRunsOfWorkers,
  listRuns,
  type RunRecord,
} from "@pareidolia/persistence/lab/runs/readRuns";
import { countSearchedRuns, listSearchedRuns, runPositionTypes } from "@pareidolia/persistence/lab/search/searchRuns";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { groupInOrderOf } from "@pareidolia/persistence/server/database/inOrderOf";
import type { Direction } from "@pareidolia/persistence/server/database/keyset";
import { runFields } from "@pareidolia/search/fields/runFields";
import type { ExperimentService } from "../experiment/experiment.service.ts";
import { parseReferenceTo } from "../globalId/globalId.ts";
import type { ModelService } from "../model/model.service.ts";
import { type Connection, isEmptyPage, toConnection, toEmptyConnection } from "../pagination/connection.ts";
import { type ConnectionArguments, readPage } from "../pagination/connectionArguments.ts";
import { type CursorShape, cursorShapeOf } from "../pagination/cursor.ts";
import { counterOf, counterOfPage } from "../pagination/rowCounter.ts";
import { policy } from "../policy/policy.ts";
import { columnOrderOf, readerOf, readSearchText, readSort, splitOrder } from "../search/readSearch.ts";
import { refuseUnknownFields } from "../search/refuseUnknownFields.ts";
import type { RunFilter, RunOrder, RunOrderField } from "./run.input.ts";

export interface StatisticsOfRun {
  readonly run: RunRecord;
  /** The first generation to read. */
  readonly from: number;
}

/** A sort order that needs no membership. */
interface RunFieldOrder {
  readonly field: RunOrderField;
  readonly direction: Direction;
}

const columnsOfFields: Readonly<Record<RunOrderField, string>> = { createdAt: "created", updatedAt: "updated" };

export interface LatestRuns {
  readonly kind: RunRecord["kind"];
  readonly limit: number;
}

export interface RunSearchArguments {
  readonly filter: RunFilter | null | undefined;
  readonly orderBy: RunOrder | null | undefined;
  readonly search: string | null | undefined;
}

export interface RunServiceOptions {
  readonly database: Database;
  readonly experiments: ExperimentService;
  readonly models: ModelService;
}

export class RunService {
  readonly #options: RunServiceOptions;

  constructor(options: RunServiceOptions) {
    this.#options = options;
  }

  get #connection() {
    return this.#options.database.connection;
  }

  async load(actor: Actor, ids: readonly string[]): Promise<(RunRecord | null)[]> {
    const rows = policy.only(actor, "run:read", await findRuns(this.#connection, ids));
    return rows.map((run) => (run === null ? null : showTo(actor, run)));
  }

  /** By key number, within the actor's workspace. */
  async loadByNumber(actor: Actor, numbers: readonly number[]): Promise<(RunRecord | null)[]> {
    return findRunsByNumber(this.#connection, { scope: policy.scope(actor, "run:read"), numbers });
  }

  async loadOfWorkers(actor: Actor, workerIds: readonly string[]): Promise<(RunRecord | null)[]> {
    const rows = policy.only(actor, "run:read", await findRunsOfWorkers(this.#connection, workerIds));
    return rows.map((run) => (run !== null && policy.isOwn(actor, run) ? run : null));
  }

  /** The outcome of each run; null for a run that the actor may not read. */
  async measure(actor: Actor, ids: readonly string[]): Promise<(OutcomeRecord | null)[]> {
    const readable = (await this.load(actor, ids)).map((run) => run?.id);
    const outcomes = await measureRuns(this.#connection, ids);
    return outcomes.map((outcome, i) => (readable[i] === undefined ? null : outcome));
  }

  /** @throws AppError NOT_FOUND. */
  async get(actor: Actor, id: string): Promise<RunRecord> {
    const [run] = await this.load(actor, [id]);
    if (run == null) throw new AppError("NOT_FOUND", "There is no such run.");
    return run;
  }

  /** A run of the actor's workspace, by ID or key. @throws AppError INVALID_INPUT or NOT_FOUND, naming `field`. */
  async getByReference(actor: Actor, text: string, field: string): Promise<RunRecord> {
    const run = await this.getReadable(actor, text, field);
    if (!policy.isOwn(actor, run)) throw new AppError("NOT_FOUND", "There is no such run.", { field });
    return run;
  }

  /** As `getByReference`, or by ID one whose experiment is shared with the actor. */
  async getReadable(actor: Actor, text: string, field: string): Promise<RunRecord> {
    const reference = parseReferenceTo("Run", text, field);
    const [run] = "number" in reference ? await this.loadByNumber(actor, [reference.number]) : await this.load(actor, [reference.id]);
    if (run == null) throw new AppError("NOT_FOUND", "There is no such run.", { field });
    return run;
  }

  /** The last hash in the hash chain of each run, or null. */
  async loadLastHashes(actor: Actor, runs: readonly RunRecord[]): Promise<(ChainHash | null)[]> {
    for (const run of runs) policy.require(actor, "run:read", run);
    return findLastHashes(
      this.#connection,
      runs.map(({ id }) => id),
    );
  }

  listKinds(actor: Actor): typeof runKinds {
    policy.requireInWorkspace(actor, "run:read");
    return runKinds;
  }

  async list(
    actor: Actor,
    args: ConnectionArguments,
    filter: RunFilter | null | undefined,
    orderBy: RunFieldOrder | null,
  ): Promise<Connection<RunRecord>> {
    const { experiments } = this.#options;
    const experiment =
      filter?.experimentId == null ? undefined : await experiments.getReadable(actor, filter.experimentId, "filter.experimentId");
    const scope = experiment === undefined ? policy.scope(actor, "run:read") : policy.scopeWithin(actor, "run:read", experiment);
    const order = orderBy ?? ({ field: "createdAt", direction: "DESC" } as const);
    const shape: CursorShape = { name: `runs.${order.field}.${order.direction}`, values: ["time", "text"] };
    const page = readPage(args, shape);
    const conditions = { scope, experimentId: experiment?.id };
    const rows = await listRuns(this.#connection, { filter: conditions, order, page });
    return toConnection(
      { ...rows, rows: rows.rows.map((row) => ({ ...row, node: showTo(actor, row.node) })) },
      shape,
      counterOf(this.#options.database, (request) => countRuns(request, conditions)),
    );
  }

  /** The latest runs of one kind in an experiment that the actor may read. */
  async listLatest(actor: Actor, experiment: ExperimentRecord, { kind, limit }: LatestRuns): Promise<RunRecord[]> {
    const scope = policy.scopeWithin(actor, "run:read", experiment);
    const page = { limit, backward: false, after: null, before: null };
    const order = { field: "createdAt", direction: "DESC" } as const;
    const { rows } = await listRuns(this.#connection, { filter: { scope, experimentId: experiment.id, kind }, order, page });
    return rows.map(({ node }) => showTo(actor, node));
  }

  /** By a search or an order by a column for members, otherwise as everyone may. @throws AppError INVALID_INPUT naming the argument. */
  async listBy(actor: Actor, args: ConnectionArguments, given: RunSearchArguments): Promise<Connection<RunRecord>> {
    const split = splitOrder<RunOrderField>(given.orderBy);
    if (given.search == null && split.by === "field") return this.list(actor, args, given.filter, split.order);
    return this.search(actor, args, given);
  }

  /** Runs of the actor's workspace that match a search, in the order of any column. @throws AppError INVALID_INPUT naming the argument. */
  async search(actor: Actor, args: ConnectionArguments, given: RunSearchArguments): Promise<Connection<RunRecord>> {
    policy.requireInWorkspace(actor, "search:read");
    const { database, experiments } = this.#options;
    const { filter, search } = given;
    const reader = readerOf(actor);
    const experiment =
      filter?.experimentId == null ? undefined : await experiments.getByReference(actor, filter.experimentId, "filter.experimentId");
    const order = readSort(columnOrderOf(given.orderBy, columnsOfFields), runFields, "created");
    const shape = cursorShapeOf(`runs.search.${order.field.name}.${order.direction}`, runPositionTypes(order, reader));
    const page = readPage(args, shape);
    const checked = readSearchText(search, runFields);
    await refuseUnknownFields(this.#connection, reader.scope, { text: search });
    const conditions = {
      reader,
      search: checked,
      filter: { experimentId: experiment?.id },
    };
    const counter = counterOf(database, (request) => countSearchedRuns(request, conditions));
    if (isEmptyPage(page)) return toEmptyConnection(counter);
    const rows = await listSearchedRuns(this.#connection, { ...conditions, order, page });
    return toConnection(rows, shape, counterOfPage(rows, counter));
  }

  async readStatistics(actor: Actor, run: RunRecord, range: { from: number; to?: number }): Promise<GenerationRecord[]> {
    policy.require(actor, "run:read", run);
    return findGenerations(this.#connection, { runIds: [run.id], ...range });
  }

  /** The generations of each run from `from` to the last. Sends one statement per distinct `from`. */
  async loadStatistics(actor: Actor, requests: readonly StatisticsOfRun[]): Promise<GenerationRecord[][]> {
    for (const { run } of requests) policy.require(actor, "run:read", run);
    const starts = [...new Set(requests.map(({ from }) => from))];
    const read = async (from: number) => {
      const runIds = requests.flatMap((request) => (request.from === from ? [request.run.id] : []));
      const rows = await findGenerations(this.#connection, { runIds, from });
      return new Map(groupInOrderOf(runIds, rows, (row) => row.runId).map((group, i) => [runIds[i], group]));
    };
    const found = new Map(await Promise.all(starts.map(async (from) => [from, await read(from)] as const)));
    return requests.map(({ run, from }) => found.get(from)?.get(run.id) ?? []);
  }

  async loadMilestones(actor: Actor, runs: readonly RunRecord[]): Promise<MilestoneRecord[][]> {
    for (const run of runs) policy.require(actor, "run:read", run);
    const runIds = runs.map(({ id }) => id);
    return groupInOrderOf(runIds, await findMilestones(this.#connection, runIds), (row) => row.runId);
  }
}

/** What people outside its workspace may not see of a run: its worker, its operators' messages, and the hash of the network's file. */
function showTo(actor: Actor, run: RunRecord): RunRecord {
  if (policy.isOwn(actor, run)) return run;
  const { engines, platform } = (run.manifest ?? {}) as { readonly engines?: unknown; readonly platform?: unknown };
  return { ...run, workerId: null, failure: null, outage: null, outageSince: null, manifest: { engines, platform } };
}
