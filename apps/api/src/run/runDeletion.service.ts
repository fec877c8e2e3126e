/** Deletes runs that failed, crashed or were cancelled, and counts the rows that a deletion removes. */
import type { Actor } from "@pareidolia/core/actor";
import { appendAuditEntry } from "@pareidolia/persistence/audit/appendAuditEntry";
import type { Database } from "@pareidolia/persistence/database/database";
import { assertUnlocked } from "@pareidolia/persistence/locks/assertUnlocked";
import { countRunContents, deleteRun, type RunContents } from "@pareidolia/persistence/runs/deleteRun";
import type { RunRecord } from "@pareidolia/persistence/runs/readRuns";
import { policy } from "../policy/policy.ts";
import type { RunService } from "./run.service.ts";

export interface DeletedRun {
  readonly run: RunRecord;
  readonly contents: RunContents;
}

export class RunDeletionService {
  readonly #database: Database;
  readonly #runs: RunService;

  constructor(options: { database: Database; runs: RunService }) {
    this.#database = options.database;
    this.#runs = options.runs;
  }

  async loadContents(actor: Actor, runs: readonly RunRecord[]): Promise<RunContents[]> {
    for (const run of runs) policy.require(actor, "run:read", run);
    return countRunContents(
      this.#database.connection,
      runs.map(({ id }) => id),
    );
  }

  /** @throws AppError INVALID_INPUT; NOT_FOUND; FORBIDDEN; CONFLICT if the run is locked, succeeded or has not ended. */
  async delete(actor: Actor, reference: string): Promise<DeletedRun> {
    const run = await this.#runs.getByReference(actor, reference, "input.runId");
    policy.require(actor, "run:delete", run);
    const contents = await this.#database.transaction(async (transaction) => {
      await assertUnlocked(transaction.connection, { workspaceId: run.workspaceId, runIds: [run.id] });
      const deleted = await deleteRun(transaction, { runId: run.id });
      const subject = { subjectType: "Run", subjectId: run.id, subjectName: `RUN-${run.number}` };
      const before = { state: run.state, kind: run.kind, seed: run.seed, ...deleted };
      await appendAuditEntry(transaction.connection, actor, { action: "run:delete", ...subject, before, after: null });
      return deleted;
    });
    return { run, contents };
  }
}
