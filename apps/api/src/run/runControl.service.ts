/** Pauses, resumes and cancels runs. */
import type { Actor } from "@pareidolia/core/actor";
import type { Queue } from "@pareidolia/jobs/queue";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import { assertUnlocked } from "@pareidolia/persistence/lab/locks/assertUnlocked";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import { type ControlledRun, cancelRun, lockRun, pauseRun, resumeRun } from "@pareidolia/persistence/lab/runs/runControl";
import type { Database, Transaction } from "@pareidolia/persistence/server/database/database";
import type { MemberAction } from "../policy/actions.ts";
import { policy } from "../policy/policy.ts";
import type { RunService } from "./run.service.ts";

export interface RunControlServiceOptions {
  readonly database: Database;
  readonly queue: Queue;
  readonly runs: RunService;
}

export class RunControlService {
  readonly #options: RunControlServiceOptions;

  constructor(options: RunControlServiceOptions) {
    this.#options = options;
  }

  pause(actor: Actor, runId: string): Promise<RunRecord> {
    return this.#control(actor, "run:pause", runId, pauseRun);
  }

  resume(actor: Actor, runId: string): Promise<RunRecord> {
    return this.#control(actor, "run:resume", runId, async (transaction, { runId: id }) => {
      const run = await resumeRun(transaction, { runId: id });
      if (run.state === "QUEUED") await this.#options.queue.enqueue(transaction.executor, "carryOutRun", { runId: id });
      return run;
    });
  }

  cancel(actor: Actor, runId: string): Promise<RunRecord> {
    return this.#control(actor, "run:cancel", runId, cancelRun);
  }

  async #control(
    actor: Actor,
    action: MemberAction,
    reference: string,
    change: (transaction: Transaction, input: { readonly runId: string }) => Promise<ControlledRun>,
  ): Promise<RunRecord> {
    const { database, runs } = this.#options;
    const run = await runs.getByReference(actor, reference, "input.runId");
    policy.require(actor, action, run);
    await database.transaction(async (transaction) => {
      // Pausing and resuming lose nothing, so a lock permits them.
      if (action === "run:cancel") await assertUnlocked(transaction.connection, { workspaceId: run.workspaceId, runIds: [run.id] });
      const { state, control } = await lockRun(transaction, run.id);
      const changed = await change(transaction, { runId: run.id });
      if (changed.state === state && changed.control === control) return;
      const subject = { subjectType: "Run", subjectId: run.id, subjectName: `RUN-${run.number}` };
      const values = { before: { state, control }, after: { state: changed.state, control: changed.control } };
      await appendAuditEntry(transaction.connection, actor, { action, ...subject, ...values });
    });
    return runs.get(actor, run.id);
  }
}
