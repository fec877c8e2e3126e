/** Statements that read runs or experiments for users read live ones: only the files listed here may name the tables themselves. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { listSources } from "../../support/sqlTemplates.ts";

/** Each with the reason for which it concerns runs or experiments in the trash, too. */
const exceptions: Readonly<Record<string, string>> = {
  "chains/readChains.ts": "readChain is for the run's worker",
  "cleanUps/runEvents.ts": "removes old events",
  "cleanUps/workers.ts": "keeps workers that runs name",
  "experiments/sharedExperiments.ts": "locks a row that is not in the trash",
  "exports/exportResults.ts": "its caller has found the runs",
  "generations/writeGenerations.ts": "a worker's write",
  "genomes/writeGenomes.ts": "a worker's write",
  "images/imagesOfRuns.ts": "of the runs that the caller names, also for the trash",
  "images/readImages.ts": "findRunKeysOfImages is for the operator",
  "integrity/derivedColumns.ts": "a check of what triggers keep, also of trashed runs",
  "locks/assertUnlocked.ts": "a lock holds for trashed runs of a locked experiment",
  "mentions/listMentions.ts": "says that it is not in the trash",
  "models/deleteModel.ts": "a trashed run keeps its model",
  "notifications/readNotifications.ts": "a notification stays when its run goes to the trash",
  "restoring/restoreEvolutions.ts": "writes what belongs to runs of the same transaction",
  "restoring/restoreResults.ts": "writes what belongs to runs of the same transaction",
  "retention/selectRetained.ts": "selects from the trash",
  "runs/commitRun.ts": "a worker's write, which follows the cancellation of a trashed run",
  "runs/expiredLeases.ts": "frees trashed runs that are being cancelled",
  "runs/outagePause.ts": "resumes no trashed run",
  "runs/rerunRuns.ts": "its caller has found the runs",
  "runs/runControl.ts": "its caller has found the run",
  "runs/wholeRun.ts": "for the run's worker, or its caller has found the run",
  "runs/writeFigures.ts": "a worker's write",
  "scope/live.ts": "the definition",
  "sweeps/controlSweep.ts": "pauses and cancels trashed runs, too",
  "sweeps/medianRule.ts": "compares with all runs of the sweep that ended",
  "sweeps/reachRung.ts": "a worker's write",
  "sweeps/readForCheck.ts": "a check, and the decisions of a sweep concern trashed runs, too",
  "tags/readTags.ts": "says that it is not in the trash",
  "tracking/lockSubjects.ts": "says that it is not in the trash",
  "trash/lockTrashed.ts": "the trash",
  "trash/previewTrash.ts": "the trash",
  "trash/readTrash.ts": "the trash",
  "trash/trash.ts": "the trash",
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
  "cleanUps/trash.ts": "the trash",
  "experiments/createExperiment.ts": "an idempotency key in the trash is refused",
  "experiments/openExperiment.ts": "says that it is not in the trash",
  "experiments/sharedExperiments.ts": "says that it is not in the trash",
  "imports/readImportedImages.ts": "its caller has found the runs, or it says that they are not in the trash",
  "locks/setLocks.ts": "says that it is not in the trash",
  "restoring/readRestored.ts": "its caller has found the runs",
  "runs/commitRun.ts": "a worker's write",
  "runs/createRun.ts": "an idempotency key in the trash is refused",
  "runs/findRunByKey.ts": "for the operator",
  "runs/readCheckpoint.ts": "for the run's worker",
  "runs/readRuns.ts": "says that it is not in the trash",
  "runs/rerunRuns.ts": "its caller has found the runs",
  "runs/runControl.ts": "its caller has found the run",
  "sweeps/controlSweep.ts": "cancels trashed runs, too",
  "sweeps/reachRung.ts": "for the run's worker",
  "trash/discard.ts": "the trash",
  "trash/previewTrash.ts": "the trash",
  "trash/resolveSubjects.ts": "the trash",
  "trash/trash.ts": "the trash",
  "webhooks/subjectOfDelivery.ts": "a delivery names its run, also in the trash",
  "workspaces/purgeWorkspace.ts": "deletes",
  "workspaces/stopWork.ts": "stops trashed runs, too",
};

it("Prisma reads runs and experiments only where the trash matters", () => {
  const found = listSources(["packages/persistence/src"])
    .filter((file) => /connection\.(run|experiment)\.(find|count|group|aggregate)/.test(readFileSync(file, "utf8")))
    .map((file) => path.relative(folder, path.resolve(file)))
    .sort();
  expect(found).toEqual(Object.keys(prismaExceptions));
});

it.each(["experiments/sharedExperiments.ts", "locks/setLocks.ts", "runs/readRuns.ts"])(
  "%s leaves the trash out where it uses Prisma",
  (file) => {
    const source = readFileSync(path.join(folder, file), "utf8");
    const reads = [...source.matchAll(/connection\.(run|experiment)\.find\w+\(\{[^]*?\}\);?/g)].map(([text]) => text);
    expect(reads.length).toBeGreaterThan(0);
    expect(reads.filter((text) => !text.includes("trashedAt: null"))).toEqual([]);
  },
);
