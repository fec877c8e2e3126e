/** Hands a run to the task of its kind. One of a kind that only a later version knows is left for a worker of that version. */
import type { RunKind } from "@pareidolia/core/runKind";
import type { JobData } from "@pareidolia/jobs/jobs";
import { findRuns } from "@pareidolia/persistence/queries/runQueries";
import { ascendRun } from "./ascendRun.task.ts";
import { evolveRun } from "./evolveRun.task.ts";
import { perturbRun } from "./perturbRun.task.ts";
import { type ChainContext, retrainChain } from "./retrainChain.task.ts";

type RunTask = (data: JobData["carryOutRun"], context: ChainContext) => Promise<void>;

const tasks: Readonly<Record<RunKind, RunTask>> = {
  evolution: evolveRun,
  ascent: ascendRun,
  perturbation: perturbRun,
  retraining: retrainChain,
};

export async function carryOutRun(data: JobData["carryOutRun"], context: ChainContext): Promise<void> {
  const [run] = await findRuns(context.database.connection, [data.runId]);
  if (run == null) return;
  const task = (tasks as Readonly<Record<string, RunTask | undefined>>)[run.kind];
  if (task === undefined) context.log.warn({ runId: run.id, kind: run.kind }, "this version does not know this kind of run");
  else await task(data, context);
}
