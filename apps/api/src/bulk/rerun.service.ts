/** Starts runs again: new runs with the same plan, and with the same or other seeds. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { Queue } from "@pareidolia/jobs/queue";
import { requireOpenExperiment } from "@pareidolia/persistence/lab/experiments/openExperiment";
import { copyRuns, findRerunObstacles } from "@pareidolia/persistence/lab/runs/rerunRuns";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { type QuotaDefaults, requireStorage } from "@pareidolia/persistence/workspace/quotas/withinQuotas";
import { policy } from "../policy/policy.ts";
import type { RunInput } from "../run/run.input.ts";
import type { RunService } from "../run/run.service.ts";
import type { PlannedRun } from "../run/runLauncher.ts";
import { readIdempotencyKey } from "../text.ts";
import type { RerunRunsInput } from "./bulk.input.ts";
import { type SkipReason, skipReasons } from "./bulk.type.ts";
import { changeMany, checkWanted, type ItemResult } from "./bulkChange.ts";

interface RerunServiceOptions {
  readonly database: Database;
  readonly queue: Queue;
  readonly quotas: QuotaDefaults;
  readonly runs: RunService;
}

/** The stored key of a new run also names the old run. */
const maxKeyLength = 100;

export class RerunService {
  readonly #options: RerunServiceOptions;

  constructor(options: RerunServiceOptions) {
    this.#options = options;
  }

  /** What starting one run again with its own seed would create. @throws AppError NOT_FOUND, FORBIDDEN or CONFLICT. */
  async plan(actor: Actor, { runId }: RunInput): Promise<PlannedRun> {
    const { database, runs } = this.#options;
    const run = await runs.getByReference(actor, runId, "input.runId");
    policy.require(actor, "run:start", run);
    const obstacle = (await findRerunObstacles(database.connection, [run.id])).get(run.id);
    if (obstacle !== undefined) throw new AppError("CONFLICT", skipReasons[obstacle], { field: "input.runId" });
    await requireOpenExperiment(database.connection, run);
    return run as PlannedRun;
  }

  /** `runIds` are those of the new runs. @throws AppError INVALID_INPUT; FORBIDDEN; CONFLICT; QUOTA_EXCEEDED. */
  async rerun(actor: Actor, input: RerunRunsInput): Promise<{ readonly items: readonly ItemResult[]; readonly runIds: readonly string[] }> {
    const { database, queue, quotas } = this.#options;
    policy.requireInWorkspace(actor, "run:start");
    const scope = policy.scope(actor, "run:start");
    const idempotencyKey = readIdempotencyKey(input.idempotencyKey);
    if (idempotencyKey !== null && idempotencyKey.length > maxKeyLength)
      throw new AppError("INVALID_INPUT", `An idempotency key must not exceed ${maxKeyLength} characters.`, {
        field: "input.idempotencyKey",
      });
    const wanted = input.runIds.map((reference, i) => ({ reference, field: `input.runIds.${i}`, value: null }));
    checkWanted(wanted, "input.runIds");
    const { userId } = actor;
    const { items, result } = await changeMany({
      database,
      actor,
      scope,
      action: "run:start",
      kind: "Run",
      wanted,
      async apply({ connection, executor }, targets) {
        await requireStorage(connection, { workspaceId: scope.workspaceId, defaults: quotas });
        const skipped: ReadonlyMap<string, SkipReason> = await findRerunObstacles(
          connection,
          targets.map(({ subject }) => subject.id),
        );
        const sources = targets.flatMap(({ subject }) => (skipped.has(subject.id) ? [] : [subject]));
        if (sources.length === 0) return { skipped, result: [], before: null, after: {} };
        const { created, copies } = await copyRuns(connection, { scope, createdById: userId, sources, seeds: input.seeds, idempotencyKey });
        const runIds = copies.map(({ id }) => id);
        if (created)
          await queue.enqueueAll(
            executor,
            "carryOutRun",
            runIds.map((runId) => ({ runId })),
          );
        const runs = copies.map(({ number }) => `RUN-${number}`);
        return { skipped, result: runIds, before: null, after: created ? { runs, seeds: input.seeds } : null };
      },
    });
    return { items, runIds: result };
  }
}
