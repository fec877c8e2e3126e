/**
 * The process of `npm run store`: checks, repairs, adopts or cleans up the configured object store, and sets quotas. The launcher checks its
 * arguments.
 */
import path from "node:path";
import { parseArgs } from "node:util";
import { readListedModels } from "@pareidolia/classifiers/zoo/readListedModels";
import { AppError } from "@pareidolia/core/appError";
import { adoptStore, proveSharedStore } from "@pareidolia/persistence/lab/images/sharedStore";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import type { ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { openObjectStore } from "@pareidolia/persistence/server/objectStores/openObjectStore";
import { cleanUpStore } from "./cleanUps/cleanUpStore.ts";
import { runQuotaCommand } from "./quotaCommand.ts";
import { checkStoredFigures } from "./storeCheck/checkStoredFigures.ts";
import { type RepairReport, repairStore } from "./storeRepair/repairStore.ts";
import { StudyComputer } from "./studies/studyComputer.ts";

const maxListed = 20;

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** A count with its noun: "1 object", "1,578 objects". */
function formatCount(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

function printReport({ checked, copied, redrawn, reread, lost, damagedFiles }: RepairReport, repairs: boolean): void {
  print(`Checked ${formatCount(checked, "object")}.`);
  for (const file of damagedFiles) print(repairs ? `Moved a damaged file to ${file}.` : `Damaged: ${file}`);
  if (copied > 0) print(`Restored ${formatCount(copied, "object")} from the copy.`);
  if (redrawn > 0) print(`Redrew ${formatCount(redrawn, "image")} from ${redrawn === 1 ? "its genome" : "their genomes"}.`);
  if (reread > 0) print(`Read ${formatCount(reread, "sample photograph")} again.`);
  if (lost.length === 0) {
    print("No objects are missing.");
    return;
  }
  print(`${formatCount(lost.length, "object")} ${lost.length === 1 ? "is" : "are"} lost:`);
  for (const { key, runs, reason } of lost.slice(0, maxListed))
    print(`  ${key}${runs.length === 0 ? "" : ` (${runs.join(", ")})`}${reason === null ? "" : `: ${reason}`}`);
  if (lost.length > maxListed) print(`  and ${lost.length - maxListed} more`);
  print(
    repairs ? "To restore them from a copy of the store, add --from FOLDER." : "Run `npm run store -- repair` to restore lost objects.",
  );
}

async function checkOrRepair(database: Database, objectStore: ObjectStore, repairs: boolean, from: string | undefined): Promise<number> {
  const { connection } = database;
  await proveSharedStore(connection, objectStore);
  const copy = from === undefined ? null : openFolderStore({ folder: path.resolve(from) });
  const report = await repairStore({ connection, objectStore, repairs, copy, cacheFolder });
  printReport(report, repairs);
  return report.lost.length === 0 && (repairs || report.damagedFiles.length === 0) ? 0 : 1;
}

/** Prints what does not follow from the rows and objects under it. */
async function checkFiguresOf(database: Database, objectStore: ObjectStore): Promise<number> {
  const computer = new StudyComputer();
  try {
    const { models: networks, missing } = await readListedModels({ cacheFolder, idleTimeoutSeconds: 5 });
    if (missing.length > 0)
      print(`  Not compared with the product's manifest: ${missing.map(({ id }) => id).join(", ")} (${missing[0]?.reason}).`);
    const { runs, studies, findings } = await checkStoredFigures({
      database,
      objectStore,
      computer,
      networks,
      print: (sentence) => print(`  ${sentence}`),
    });
    print(
      findings === 0
        ? `The figures of ${formatCount(runs, "run")} and ${formatStudies(studies)} follow from their rows. \`npm run verify -- RUN-12\` also computes a run again.`
        : `${formatCount(findings, "figure")} of ${formatCount(runs, "run")} and ${formatStudies(studies)} ${findings === 1 ? "does" : "do"} not follow from the rows and images under ${findings === 1 ? "it" : "them"}. They were changed after the system stored them: restore the database from a backup.`,
    );
    return findings === 0 ? 0 : 1;
  } finally {
    await computer.close();
  }
}

function formatStudies(studies: number): string {
  return studies === 1 ? "1 study" : `${studies.toLocaleString("en")} studies`;
}

interface Values {
  readonly from?: string | undefined;
  readonly "dry-run"?: boolean | undefined;
  readonly workspace?: string | undefined;
  readonly gigabytes?: string | undefined;
  readonly default?: boolean | undefined;
  readonly runs?: string | undefined;
  readonly share?: string | undefined;
}

type Action = (database: Database, objectStore: ObjectStore, values: Values) => Promise<number>;

const actions: Readonly<Record<string, Action>> = {
  async check(database, objectStore) {
    const objects = await checkOrRepair(database, objectStore, false, undefined);
    return Math.max(objects, await checkFiguresOf(database, objectStore));
  },
  repair: (database, objectStore, { from }) => checkOrRepair(database, objectStore, true, from),
  async adopt(database, objectStore) {
    await adoptStore(database.connection, objectStore);
    print(`This installation now uses ${objectStore.place}.`);
    return 0;
  },
  async "clean-up"(database, objectStore, values) {
    await proveSharedStore(database.connection, objectStore);
    return cleanUpStore({ url: databaseUrl, database, objectStore, dryRun: values["dry-run"] ?? false, print });
  },
  quota: (database, _objectStore, values) => runQuotaCommand({ database, environment: process.env, values, print }),
};

const databaseUrl = process.env["DATABASE_URL"] ?? "";
const cacheFolder = path.resolve(process.env["PAREIDOLIA_CACHE"] ?? path.join(process.env["PAREIDOLIA_HOME"] ?? ".pareidolia", "cache"));

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      from: { type: "string" },
      "dry-run": { type: "boolean" },
      workspace: { type: "string" },
      gigabytes: { type: "string" },
      default: { type: "boolean" },
      runs: { type: "string" },
      share: { type: "string" },
    },
  });
  const action = actions[positionals[0] ?? ""];
  if (action === undefined) throw new AppError("INVALID_INPUT", "Choose check, repair, adopt, clean-up or quota.");
  const objectStore = await openObjectStore(process.env);
  const database = await openDatabase(databaseUrl, { secret: process.env["PAREIDOLIA_SECRET"] });
  try {
    return await action(database, objectStore, values);
  } finally {
    await database.close();
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof AppError ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
    process.exit(error instanceof AppError ? 1 : 70);
  },
);
