/** Reads, follows, pauses, resumes, cancels and changes sweeps. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { type SweepState, sweepPriorities } from "@pareidolia/core/sweep/sweepState";
import type { Queue } from "@pareidolia/jobs/queue";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import { lockFieldsOf } from "@pareidolia/persistence/access/audit/lastChange";
import { type EliteRecord, findElites } from "@pareidolia/persistence/lab/elites/readElites";
import { findPerturbations, type PerturbationRecord } from "@pareidolia/persistence/lab/perturbations/readPerturbations";
import type { RunEventRecord } from "@pareidolia/persistence/lab/runs/readRunEvents";
import { admitRuns } from "@pareidolia/persistence/lab/sweeps/admitRuns";
import { assertSweepUnlocked, cancelSweep, changeSweep, pauseSweep, resumeSweep } from "@pareidolia/persistence/lab/sweeps/controlSweep";
import {
  type RunsOfSweep,
  readBestElites,
  readBestPerturbations,
  readBestTrajectories,
} from "@pareidolia/persistence/lab/sweeps/readBestResults";
import { readRungs, type StoredRungs } from "@pareidolia/persistence/lab/sweeps/readRungs";
import { countSweepLog, listSweepLog } from "@pareidolia/persistence/lab/sweeps/readSweepLog";
import {
  countSweeps,
  findSweeps,
  findSweepsByNumber,
  listSweeps,
  measureSweeps,
  readSweepRuns,
  type SweepProgress,
  type SweepRecord,
  type SweepRunRow,
} from "@pareidolia/persistence/lab/sweeps/readSweeps";
import { findTrajectories, type TrajectoryRecord } from "@pareidolia/persistence/lab/trajectories/readTrajectories";
import type { Database, Connection as DatabaseConnection, Transaction } from "@pareidolia/persistence/server/database/database";
import type { ExperimentService } from "../experiment/experiment.service.ts";
import { parseReferenceTo, sweepKey } from "../globalId/globalId.ts";
import type { Bell, Followers } from "../live/followers.ts";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ConnectionArguments, readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { counterOf } from "../pagination/rowCounter.ts";
import type { MemberAction } from "../policy/actions.ts";
import { policy } from "../policy/policy.ts";
import { readPrevious, requireUnchanged } from "../tracking/requireUnchanged.ts";
import type { ChangeSweepInput, SweepFilter } from "./sweep.input.ts";
import { readLimits } from "./sweepLauncher.ts";

const byCreation: CursorShape = { name: "sweeps.createdAt", values: ["time", "text"] };
const byTime: CursorShape = { name: "sweepLog.createdAt", values: ["time", "text", "integer"] };
/** Changes within this time share an event. */
const pauseMilliseconds = 500;

export interface SweepServiceOptions {
  readonly database: Database;
  readonly queue: Queue;
  readonly sweepChanges: Followers<Bell>;
  readonly experiments: ExperimentService;
}

export class SweepService {
  readonly #options: SweepServiceOptions;

  constructor(options: SweepServiceOptions) {
    this.#options = options;
  }

  get #connection() {
    return this.#options.database.connection;
  }

  async load(actor: Actor, ids: readonly string[]): Promise<(SweepRecord | null)[]> {
    return policy.only(actor, "sweep:read", await findSweeps(this.#connection, ids));
  }

  /** By key number, within the actor's workspace. */
  async loadByNumber(actor: Actor, numbers: readonly number[]): Promise<(SweepRecord | null)[]> {
    return findSweepsByNumber(this.#connection, { scope: policy.scope(actor, "sweep:read"), numbers });
  }

  /** @throws AppError INVALID_INPUT, naming `field`. */
  async find(actor: Actor, text: string, field: string): Promise<SweepRecord | null> {
    const reference = parseReferenceTo("Sweep", text, field);
    const [sweep] = "number" in reference ? await this.loadByNumber(actor, [reference.number]) : await this.load(actor, [reference.id]);
    return sweep ?? null;
  }

  /** @throws AppError INVALID_INPUT or NOT_FOUND, naming `field`. */
  async getByReference(actor: Actor, text: string, field: string): Promise<SweepRecord> {
    const sweep = await this.find(actor, text, field);
    if (sweep === null) throw new AppError("NOT_FOUND", "There is no such sweep.", { field });
    return sweep;
  }

  /** @throws AppError NOT_FOUND. */
  async get(actor: Actor, id: string): Promise<SweepRecord> {
    const [sweep] = await this.load(actor, [id]);
    if (sweep == null) throw new AppError("NOT_FOUND", "There is no such sweep.");
    return sweep;
  }

  async list(actor: Actor, args: ConnectionArguments, filter: SweepFilter | null | undefined): Promise<Connection<SweepRecord>> {
    const scope = policy.scope(actor, "sweep:read");
    const { experiments, database } = this.#options;
    const experiment =
      filter?.experimentId == null ? undefined : await experiments.getByReference(actor, filter.experimentId, "filter.experimentId");
    const states = (filter?.state ?? undefined) as SweepState[] | undefined;
    const conditions = { scope, experimentId: experiment?.id, states };
    const page = await listSweeps(this.#connection, { filter: conditions, page: readPage(args, byCreation) });
    return toConnection(
      page,
      byCreation,
      counterOf(database, (request) => countSweeps(request, conditions)),
    );
  }

  async measure(actor: Actor, sweeps: readonly SweepRecord[]): Promise<SweepProgress[]> {
    for (const sweep of sweeps) policy.require(actor, "sweep:read", sweep);
    return measureSweeps(
      this.#connection,
      sweeps.map(({ id }) => id),
    );
  }

  async loadRuns(actor: Actor, sweeps: readonly SweepRecord[]): Promise<SweepRunRow[][]> {
    for (const sweep of sweeps) policy.require(actor, "sweep:read", sweep);
    return Promise.all(sweeps.map(({ id }) => readSweepRuns(this.#connection, id)));
  }

  async readBestElites(actor: Actor, sweep: SweepRecord, point: number | undefined): Promise<EliteRecord[]> {
    return this.#readBest(actor, sweep, point, { read: readBestElites, find: findElites });
  }

  async readBestTrajectories(actor: Actor, sweep: SweepRecord, point: number | undefined): Promise<TrajectoryRecord[]> {
    return this.#readBest(actor, sweep, point, { read: readBestTrajectories, find: findTrajectories });
  }

  async readBestPerturbations(actor: Actor, sweep: SweepRecord, point: number | undefined): Promise<PerturbationRecord[]> {
    return this.#readBest(actor, sweep, point, { read: readBestPerturbations, find: findPerturbations });
  }

  async #readBest<Row>(
    actor: Actor,
    sweep: SweepRecord,
    point: number | undefined,
    {
      read,
      find,
    }: {
      read(connection: DatabaseConnection, runs: RunsOfSweep): Promise<string[]>;
      find(connection: DatabaseConnection, ids: readonly string[]): Promise<(Row | null)[]>;
    },
  ): Promise<Row[]> {
    policy.require(actor, "sweep:read", sweep);
    const rows = await find(this.#connection, await read(this.#connection, { sweepId: sweep.id, point }));
    return rows.filter((row) => row !== null);
  }

  async readRungs(actor: Actor, sweep: SweepRecord): Promise<StoredRungs> {
    policy.require(actor, "sweep:read", sweep);
    return readRungs(this.#connection, sweep.id);
  }

  /** The changes of state of its runs, newest first. */
  async readLog(actor: Actor, sweep: SweepRecord, args: ConnectionArguments): Promise<Connection<RunEventRecord>> {
    policy.require(actor, "sweep:read", sweep);
    const page = await listSweepLog(this.#connection, { sweepId: sweep.id, page: readPage(args, byTime) });
    return toConnection(
      page,
      byTime,
      counterOf(this.#options.database, (request) => countSweepLog(request, sweep.id)),
    );
  }

  async follow(actor: Actor, reference: string): Promise<AsyncIterable<SweepRecord>> {
    const sweep = await this.getByReference(actor, reference, "sweepId");
    return this.#options.sweepChanges.follow(sweep.id, (bell) => this.#changes(actor, sweep.id, bell));
  }

  /** Yields the sweep at once, and after each change. */
  async *#changes(actor: Actor, id: string, bell: Bell): AsyncGenerator<SweepRecord, void, undefined> {
    while (!bell.takenDown) {
      yield await this.get(actor, id);
      await sleep(pauseMilliseconds);
      await bell.wait();
    }
  }

  pause(actor: Actor, reference: string): Promise<SweepRecord> {
    return this.#control(actor, "sweep:pause", reference, pauseSweep);
  }

  resume(actor: Actor, reference: string): Promise<SweepRecord> {
    return this.#control(actor, "sweep:resume", reference, async (transaction, id) => {
      const state = await resumeSweep(transaction, id);
      await this.#admit(transaction);
      return state;
    });
  }

  cancel(actor: Actor, reference: string): Promise<SweepRecord> {
    return this.#control(actor, "sweep:cancel", reference, cancelSweep);
  }

  async change(actor: Actor, { sweepId, limits, previousLimits }: ChangeSweepInput): Promise<SweepRecord> {
    const sweep = await this.getByReference(actor, sweepId, "input.sweepId");
    policy.require(actor, "sweep:change", sweep);
    const after = readLimits(limits);
    await this.#options.database.transaction(async (transaction) => {
      const { connection } = transaction;
      await lockFieldsOf(connection, sweep.id);
      const [stored = sweep] = await findSweeps(connection, [sweep.id]);
      const before = limitsOf(stored ?? sweep);
      await requireUnchanged(connection, { workspaceId: sweep.workspaceId, subjectId: sweep.id }, [
        {
          field: "limits",
          stored: before,
          wanted: after,
          previous: readPrevious(previousLimits, readLimits),
          show: showLimits,
          auditedAs: "maxSeconds",
        },
      ]);
      await changeSweep(transaction, sweep.id, after);
      await this.#admit(transaction);
      await appendAuditEntry(transaction.connection, actor, { action: "sweep:change", ...subjectOf(sweep), before, after: { ...after } });
    });
    return this.get(actor, sweep.id);
  }

  async #admit(transaction: Transaction): Promise<void> {
    for (const runId of await admitRuns(transaction)) await this.#options.queue.enqueue(transaction.executor, "carryOutRun", { runId });
  }

  async #control(
    actor: Actor,
    action: MemberAction,
    reference: string,
    change: (transaction: Transaction, id: string) => Promise<SweepState>,
  ): Promise<SweepRecord> {
    const sweep = await this.getByReference(actor, reference, "input.sweepId");
    policy.require(actor, action, sweep);
    await this.#options.database.transaction(async (transaction) => {
      // Pausing and resuming lose nothing, so a lock permits them.
      if (action === "sweep:cancel") await assertSweepUnlocked(transaction.connection, sweep);
      const state = await change(transaction, sweep.id);
      const values = { before: { state: sweep.state }, after: { state } };
      await appendAuditEntry(transaction.connection, actor, { action, ...subjectOf(sweep), ...values });
    });
    return this.get(actor, sweep.id);
  }
}

const limitsOf = ({ priority, concurrency, maxEvaluations, maxSeconds }: SweepRecord) => ({
  priority,
  concurrency,
  maxEvaluations,
  maxSeconds,
});

/** With the priority's name. */
function showLimits(limits: ReturnType<typeof limitsOf>): object {
  const name = Object.entries(sweepPriorities).find(([, priority]) => priority === limits.priority)?.[0];
  return { ...limits, priority: name };
}

function subjectOf({ id, number }: SweepRecord) {
  return { subjectType: "Sweep", subjectId: id, subjectName: sweepKey(number) };
}
