/** Locks and unlocks runs and experiments, and reads their locks. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { appendAuditEntries } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import type { ExperimentRecord } from "@pareidolia/persistence/lab/experiments/readExperiments";
import {
  findExperimentLocks,
  findRunLocks,
  type OwnLock,
  setExperimentLocks,
  setRunLocks,
} from "@pareidolia/persistence/lab/locks/setLocks";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import { notifyChanges, notifyEverything } from "@pareidolia/persistence/lab/tracking/notifyChanges";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { ExperimentService } from "../experiment/experiment.service.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import { policy } from "../policy/policy.ts";
import type { RunService } from "../run/run.service.ts";
import { readSubjects } from "../trash/subjects.ts";
import type { LockRunsSuccess } from "./lock.type.ts";

export interface LockServiceOptions {
  readonly database: Database;
  readonly experiments: ExperimentService;
  readonly runs: RunService;
}

/** A lock as the API shows it. */
export interface LockRecord {
  readonly lockedAt: Date;
  readonly lockedById: string | null;
  readonly withExperiment: boolean;
}

const missing = new AppError("NOT_FOUND", "There is no such run, or it is in the trash.");

function toLock(own: OwnLock | undefined, withExperiment: boolean): LockRecord | null {
  return own?.lockedAt == null ? null : { lockedAt: own.lockedAt, lockedById: own.lockedById, withExperiment };
}

export class LockService {
  readonly #options: LockServiceOptions;

  constructor(options: LockServiceOptions) {
    this.#options = options;
  }

  /** Each run's own lock, or that of its experiment; null for runs of other workspaces. */
  async loadOfRuns(actor: Actor, runs: readonly RunRecord[]): Promise<(LockRecord | null)[]> {
    const own = runs.filter((run) => policy.isOwn(actor, run) && policy.grants(actor, "lock:read"));
    const { connection } = this.#options.database;
    const ofRuns = new Map(
      (
        await findRunLocks(
          connection,
          own.map(({ id }) => id),
        )
      ).map((lock) => [lock.id, lock]),
    );
    const experimentIds = [...new Set(own.map(({ experimentId }) => experimentId))];
    const ofExperiments = new Map((await findExperimentLocks(connection, experimentIds)).map((lock) => [lock.id, lock]));
    const readable = new Set(own.map(({ id }) => id));
    return runs.map(({ id, experimentId }) =>
      readable.has(id) ? (toLock(ofRuns.get(id), false) ?? toLock(ofExperiments.get(experimentId), true)) : null,
    );
  }

  async loadOfExperiments(actor: Actor, experiments: readonly ExperimentRecord[]): Promise<(LockRecord | null)[]> {
    const own = experiments.filter((row) => policy.isOwn(actor, row) && policy.grants(actor, "lock:read")).map(({ id }) => id);
    const locks = new Map((await findExperimentLocks(this.#options.database.connection, own)).map((lock) => [lock.id, lock]));
    return experiments.map(({ id }) => toLock(locks.get(id), false));
  }

  /** Runs in the trash are refused as unknown. */
  async setOfRuns(actor: Actor, texts: readonly string[], locked: boolean): Promise<LockRunsSuccess> {
    policy.requireInWorkspace(actor, "lock:set");
    const { database, runs } = this.#options;
    const scope = policy.scope(actor, "lock:set");
    const subjects = await readSubjects(database, { scope, texts, field: "input.runIds", noun: "Run" });
    const found = await runs.load(actor, subjects.runIds);
    const live = new Map(found.flatMap((run) => (run === null ? [] : [[run.id, run.number] as const])));
    const { workspaceId, userId } = actor;
    if (live.size === 0) return { changedIds: [], refused: subjects.refused(subjects.runIds.map((id) => ({ id, error: missing }))) };
    const changed = await database.transaction(async (transaction) => {
      const ids = await setRunLocks(transaction, { workspaceId, userId, ids: [...live.keys()], locked });
      if (ids.length > 0) await notifyChanges(transaction.connection, scope, { runIds: ids });
      await appendAuditEntries(
        transaction.connection,
        actor,
        ids.map((id) => ({
          action: "lock:set",
          subjectType: "Run",
          subjectId: id,
          subjectName: `RUN-${live.get(id)}`,
          before: { locked: !locked },
          after: { locked },
        })),
      );
      return ids;
    });
    const trashed = subjects.runIds.filter((id) => !live.has(id));
    return {
      changedIds: changed.map((id) => encodeGlobalId("Run", id)),
      refused: subjects.refused(trashed.map((id) => ({ id, error: missing }))),
    };
  }

  /** @throws AppError NOT_FOUND; FORBIDDEN. */
  async setOfExperiment(actor: Actor, reference: string, locked: boolean): Promise<ExperimentRecord> {
    const { database, experiments } = this.#options;
    const experiment = await experiments.getByReference(actor, reference, "input.experimentId");
    policy.require(actor, "lock:set", experiment);
    const { workspaceId, userId } = actor;
    await database.transaction(async (transaction) => {
      const ids = await setExperimentLocks(transaction, { workspaceId, userId, ids: [experiment.id], locked });
      // Its runs are locked with it.
      if (ids.length > 0) await notifyEverything(transaction.connection, policy.scope(actor, "lock:set"));
      await appendAuditEntries(
        transaction.connection,
        actor,
        ids.map((id) => ({
          action: "lock:set",
          subjectType: "Experiment",
          subjectId: id,
          subjectName: `EXP-${experiment.number}`,
          before: { locked: !locked },
          after: { locked },
        })),
      );
    });
    return experiment;
  }
}
