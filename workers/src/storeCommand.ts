/** The process of `npm run store`: checks, repairs or adopts the object store that the environment names. The launcher checks its arguments. */
import path from "node:path";
import { parseArgs } from "node:util";
import { AppError } from "@pareidolia/core/appError";
import { type Database, openDatabase } from "@pareidolia/persistence/database";
import { openFolderStore } from "@pareidolia/persistence/objectStores/folderStore";
import type { ObjectStore } from "@pareidolia/persistence/objectStores/objectStore";
import { openObjectStore } from "@pareidolia/persistence/objectStores/openObjectStore";
import { adoptStore, proveSharedStore } from "@pareidolia/persistence/objectStores/sharedStore";
import { type RepairReport, repairStore } from "./storeRepair/repairStore.ts";

const mostNamed = 20;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const counted = (count: number, noun: string): string => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;

function tell({ checked, copied, redrawn, lost, damagedFiles }: RepairReport, repairs: boolean): void {
  say(`Checked ${counted(checked, "object")}.`);
  for (const file of damagedFiles) say(repairs ? `Moved a damaged file to ${file}.` : `Damaged: ${file}`);
  if (copied > 0) say(`Took ${counted(copied, "object")} from the copy.`);
  if (redrawn > 0) say(`Drew ${counted(redrawn, "image")} again from ${redrawn === 1 ? "its genome" : "their genomes"}.`);
  if (lost.length === 0) {
    say("Every object is there.");
    return;
  }
  say(`${counted(lost.length, "object")} ${lost.length === 1 ? "is" : "are"} lost:`);
  for (const { key, runs } of lost.slice(0, mostNamed)) say(`  ${key}${runs.length === 0 ? "" : ` (${runs.join(", ")})`}`);
  if (lost.length > mostNamed) say(`  and ${lost.length - mostNamed} more`);
  say(repairs ? "Name a copy of the store with --from FOLDER." : "Run `npm run store -- repair` to bring back what can be.");
}

async function checkOrRepair(database: Database, objectStore: ObjectStore, repairs: boolean, from: string | undefined): Promise<number> {
  const { connection } = database;
  await proveSharedStore(connection, objectStore);
  const copy = from === undefined ? null : openFolderStore({ folder: path.resolve(from) });
  const report = await repairStore({ connection, objectStore, repairs, copy });
  tell(report, repairs);
  return report.lost.length === 0 && (repairs || report.damagedFiles.length === 0) ? 0 : 1;
}

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { from: { type: "string" } } });
  const [action] = positionals;
  const objectStore = await openObjectStore(process.env);
  const database = await openDatabase(process.env["DATABASE_URL"] ?? "");
  try {
    if (action !== "adopt") return await checkOrRepair(database, objectStore, action === "repair", values.from);
    await adoptStore(database.connection, objectStore);
    say(`This installation uses ${objectStore.place} from now on.`);
    return 0;
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
