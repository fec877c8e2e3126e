/** Computes and stores the results of one study. If votes arrive meanwhile, it is queued again. */
import type { JobData } from "@pareidolia/jobs/jobs";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { findResultSource, storeStudyResults } from "@pareidolia/persistence/studies/studies/studyResults";
import { queueResults, type ResultQueue } from "../studies/queueResults.ts";
import type { StudyComputer } from "../studies/studyComputer.ts";
import type { TaskLog } from "../taskLog.ts";

export interface ComputeStudyResultsContext {
  readonly database: Database;
  readonly queue: ResultQueue;
  readonly computer: Pick<StudyComputer, "compute">;
  readonly stop: AbortSignal;
  readonly log: TaskLog;
}

export async function computeStudyResults(
  { studyId }: JobData["computeStudyResults"],
  { database, queue, computer, stop, log }: ComputeStudyResultsContext,
): Promise<void> {
  if (stop.aborted) return;
  const began = performance.now();
  const source = await findResultSource(database.connection, studyId);
  if (source === null) return;
  const computed = await computer.compute(database.connection, source);
  const current = await database.transaction((transaction) => storeStudyResults(transaction, source, computed));
  if (!current) await database.transaction((transaction) => queueResults(transaction, queue, { among: [studyId], whileComputed: true }));
  log.info({ studyId, votes: source.voteCount, current, seconds: (performance.now() - began) / 1000 }, "results of a study are computed");
}
