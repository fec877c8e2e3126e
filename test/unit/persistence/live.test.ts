/** Statements that read runs or experiments for users read live ones: only the files listed here may name the tables themselves. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { listSources } from "../../support/sqlTemplates.ts";

/** Each with the reason for which it concerns runs or experiments in the trash, too. */
const exceptions: Readonly<Record<string, string>> = {
  "files/exports/exportResults.ts": "its caller has found the runs",
  "files/restoring/restoreEvolutions.ts": "writes what belongs to runs of the same transaction",
  "files/restoring/restoreResults.ts": "writes what belongs to runs of the same transaction",
  "integrity/derivedColumns.ts": "a check of what triggers keep, also of trashed runs",
  "lab/chains/readChains.ts": "readChain is for the run's worker",
  "lab/cleanUps/runEvents.ts": "removes old events",
  "lab/cleanUps/workers.ts": "keeps workers that runs name",
  "lab/experiments/sharedExperiments.ts": "locks a row that is not in the trash",
  "lab/generations/writeGenerations.ts": "a worker's write",
  "lab/genomes/writeGenomes.ts": "a worker's write",
  "lab/images/imagesOfRuns.ts": "of the runs that the caller names, also for the trash",
  "lab/images/readImages.ts": "findRunKeysOfImages is for the operator",
  "lab/locks/assertUnlocked.ts": "a lock holds for trashed runs of a locked experiment",
  "lab/mentions/listMentions.ts": "says that it is not in the trash",
  "lab/models/deleteModel.ts": "a trashed run keeps its model",
  "lab/retention/selectRetained.ts": "selects from the trash",
  "lab/runs/commitRun.ts": "a worker's write, which follows the cancellation of a trashed run",
  "lab/runs/expiredLeases.ts": "frees trashed runs that are being cancelled",
  "lab/runs/outagePause.ts": "resumes no trashed run",
  "lab/runs/rerunRuns.ts": "its caller has found the runs",
  "lab/runs/runControl.ts": "its caller has found the run",
  "lab/runs/wholeRun.ts": "for the run's worker, or its caller has found the run",
  "lab/runs/writeFigures.ts": "a worker's write",
  "lab/sweeps/controlSweep.ts": "pauses and cancels trashed runs, too",
  "lab/sweeps/medianRule.ts": "compares with all runs of the sweep that ended",
  "lab/sweeps/reachRung.ts": "a worker's write",
  "lab/sweeps/readForCheck.ts": "a check, and the decisions of a sweep concern trashed runs, too",
  "lab/tags/readTags.ts": "says that it is not in the trash",
  "lab/tracking/lockSubjects.ts": "says that it is not in the trash",
  "lab/trash/lockTrashed.ts": "the trash",
  "lab/trash/previewTrash.ts": "the trash",
  "lab/trash/readTrash.ts": "the trash",
  "lab/trash/trash.ts": "the trash",
  "server/scope/live.ts": "the definition",
  "workspace/notifications/readNotifications.ts": "a notification stays when its run goes to the trash",
};

const folder = path.resolve("packages/persistence/src");
const namesTable = /\b(FROM|JOIN) (runs|experiments)\b/;

it("a statement names the tables of runs and experiments only where the trash matters", () => {
  const found = listSources(["packages/persistence/src"])
    .filter((file) => namesTable.test(readFileSync(file, "utf8")))
    .map((file) => path.relative(folder, path.resolve(file)))
    .sort();
  expect(found).toEqual(Object.keys(exceptions));
});

/** Each with its reason. */
const prismaExceptions: Readonly<Record<string, string>> = {
  "files/imports/readImportedImages.ts": "its caller has found the runs, or it says that they are not in the trash",
  "files/restoring/readRestored.ts": "its caller has found the runs",
  "lab/cleanUps/trash.ts": "the trash",
  "lab/experiments/createExperiment.ts": "an idempotency key in the trash is refused",
  "lab/experiments/openExperiment.ts": "says that it is not in the trash",
  "lab/experiments/sharedExperiments.ts": "says that it is not in the trash",
  "lab/locks/setLocks.ts": "says that it is not in the trash",
  "lab/runs/commitRun.ts": "a worker's write",
  "lab/runs/createRun.ts": "an idempotency key in the trash is refused",
  "lab/runs/findRunByKey.ts": "for the operator",
  "lab/runs/readCheckpoint.ts": "for the run's worker",
  "lab/runs/readRuns.ts": "says that it is not in the trash",
  "lab/runs/rerunRuns.ts": "its caller has found the runs",
  "lab/runs/runControl.ts": "its caller has found the run",
  "lab/sweeps/controlSweep.ts": "cancels trashed runs, too",
  "lab/sweeps/reachRung.ts": "for the run's worker",
  "lab/trash/discard.ts": "the trash",
  "lab/trash/previewTrash.ts": "the trash",
  "lab/trash/resolveSubjects.ts": "the trash",
  "lab/trash/trash.ts": "the trash",
  "lab/workspaces/purgeWorkspace.ts": "deletes",
  "lab/workspaces/stopWork.ts": "stops trashed runs, too",
  "workspace/webhooks/subjectOfDelivery.ts": "a delivery names its run, also in the trash",
};

it("Prisma reads runs and experiments only where the trash matters", () => {
  const found = listSources(["packages/persistence/src"])
    .filter((file) => /connection\.(run|experiment)\.(find|count|group|aggregate)/.test(readFileSync(file, "utf8")))
    .map((file) => path.relative(folder, path.resolve(file)))
    .sort();
  expect(found).toEqual(Object.keys(prismaExceptions));
});

it.each(["lab/experiments/sharedExperiments.ts", "lab/locks/setLocks.ts", "lab/runs/readRuns.ts"])(
  "%s leaves the trash out where it uses Prisma",
  (file) => {
    const source = readFileSync(path.join(folder, file), "utf8");
    const reads = [...source.matchAll(/connection\.(run|experiment)\.find\w+\(\{[^]*?\}\);?/g)].map(([text]) => text);
    expect(reads.length).toBeGreaterThan(0);
    expect(reads.filter((text) => !text.includes("trashedAt: null"))).toEqual([]);
  },
);
