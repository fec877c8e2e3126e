/** What a bundle is written from: rows in temporary files, read from one snapshot of the database, and objects of the store. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { AppError } from "@pareidolia/core/appError";
import { type BundlePart, type FolderName, formats, parts } from "@pareidolia/exchange/bundleManifest";
import type { RowOf, TableName } from "@pareidolia/exchange/bundleTables";
import type { BundleInput, FilesOfFolder, LinesOfTable } from "@pareidolia/exchange/writeBundle";
import { exportFiles, exportGenomeObjects } from "@pareidolia/persistence/files/exports/exportResults";
import { type ExportSelection, selectExport } from "@pareidolia/persistence/files/exports/exportSelection";
import { readRows } from "@pareidolia/persistence/files/exports/exportSnapshot";
import type { ExportRecord } from "@pareidolia/persistence/files/exports/readExports";
import type { Connection, Database } from "@pareidolia/persistence/server/database/database";
import { fileKey, genomeKey, imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { type Spool, spoolLines } from "./spool.ts";
import { spoolTables } from "./spoolTables.ts";

const { version: software } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  readonly version: string;
};

/** What no export contains. The text is part of its bytes, so a change of it changes the archives of later exports, not their content. */
const leftOut = [
  "runs and experiments in the trash, and deleted comments",
  "event logs of runs",
  "analyses, studies, votes, norming rooms and releases",
  "networks that no run, link or score uses, and photographs that no run starts from",
  "members, keys, invitations and the audit log",
  "pins, locks, retention rules, and the links of shared experiments",
];

const keyOf: Readonly<Record<FolderName, (sha256: string) => string>> = { images: imageKey, genomes: genomeKey, files: fileKey };

export interface BundleInputOptions {
  readonly database: Pick<Database, "snapshot">;
  readonly objectStore: Pick<ObjectStore, "get">;
  readonly export: ExportRecord;
  /** An empty folder for temporary files. */
  readonly folder: string;
  /** Called before each row and file. `total` is null until all rows are read. @throws to stop. */
  readonly onStep: (progress: { readonly done: number; readonly total: number | null }) => Promise<void>;
  /** Repeats a read of the store while it is unavailable. */
  readonly retry: <T>(step: () => Promise<T>) => Promise<T>;
}

/** @throws AppError NOT_FOUND for a run or experiment that was deleted meanwhile. */
export async function openBundleInput(options: BundleInputOptions): Promise<BundleInput> {
  const { database, export: wanted, folder, onStep } = options;
  const chosen = parts.filter((part) => wanted.parts.includes(part));
  let done = 0;
  const { selection, tables, hashes } = await database.snapshot((connection) =>
    readSnapshot(connection, { wanted, chosen, folder, onRow: () => onStep({ done: done++, total: null }) }),
  );
  const chosenFormats = formats.filter((format) => wanted.formats.includes(format));
  const rows = [...tables.values()].reduce((sum, table) => sum + table.rows, 0);
  const total = rows * (1 + chosenFormats.length) + Object.values(hashes).reduce((sum, spool) => sum + spool.rows, 0);
  const step = (): Promise<void> => onStep({ done: done++, total });
  return {
    subject: wanted.subject,
    parts: chosen,
    formats: chosenFormats,
    origin: { software, workspace: selection.workspaceName, key: wanted.subjectKey },
    leftOut,
    tables: new Map([...tables].map(([name, spool]) => [name, countedLines(spool, step)])),
    folders: {
      images: filesOf("images", hashes.images, options, step),
      genomes: filesOf("genomes", hashes.genomes, options, step),
      files: filesOf("files", hashes.files, options, step),
    },
  };
}

interface SnapshotOptions {
  readonly wanted: ExportRecord;
  readonly chosen: readonly BundlePart[];
  readonly folder: string;
  readonly onRow: () => Promise<void>;
}

interface Snapshot {
  readonly selection: ExportSelection;
  readonly tables: ReadonlyMap<TableName, Spool>;
  /** A line for each file. */
  readonly hashes: Readonly<Record<FolderName, Spool>>;
}

async function readSnapshot(connection: Connection, { wanted, chosen, folder, onRow }: SnapshotOptions): Promise<Snapshot> {
  const selection = await selectExport(connection, wanted, chosen.includes("scores"));
  if (selection === null)
    throw new AppError("NOT_FOUND", `${wanted.subjectKey ?? "The workspace"} was deleted before the export was made.`);
  const tables = await spoolTables(connection, { selection, parts: chosen, folder, onRow });
  const spoolHashes = (name: FolderName, query: Parameters<typeof readRows>[1] | null): Promise<Spool> =>
    spoolLines(path.join(folder, `${name}.hashes`), query === null ? none() : hashLines(readRows(connection, query)));
  return {
    selection,
    tables,
    hashes: {
      images: await spoolLines(path.join(folder, "images.hashes"), chosen.includes("images") ? hashesOfImages(tables) : none()),
      genomes: await spoolHashes("genomes", chosen.includes("genomes") ? exportGenomeObjects(selection) : null),
      files: await spoolHashes("files", chosen.includes("models") ? exportFiles(selection) : null),
    },
  };
}

async function* none(): AsyncGenerator<string> {}

async function* hashLines(rows: ReturnType<typeof readRows>): AsyncGenerator<string, void, undefined> {
  for await (const { sha256 } of rows) yield `${sha256 as string}\n`;
}

async function* hashesOfImages(tables: ReadonlyMap<TableName, Spool>): AsyncGenerator<string, void, undefined> {
  for await (const line of (tables.get("images") as Spool).lines()) yield `${(JSON.parse(line) as RowOf<"images">).sha256}\n`;
}

function countedLines({ rows, sha256, lines }: Spool, step: () => Promise<void>): LinesOfTable {
  return {
    rows,
    sha256,
    async *lines() {
      for await (const line of lines()) {
        await step();
        yield line;
      }
    },
  };
}

/** Objects that are read ahead of their use: a store answers in milliseconds, and an export may have a million images. */
const filesAhead: Readonly<Record<FolderName, number>> = { images: 8, genomes: 8, files: 0 };

function filesOf(folder: FolderName, spool: Spool, { objectStore, retry }: BundleInputOptions, step: () => Promise<void>): FilesOfFolder {
  const started = new Map<string, Promise<Uint8Array>>();
  async function* hashes(): AsyncGenerator<string, void, undefined> {
    const waiting: string[] = [];
    for await (const line of spool.lines()) {
      const sha256 = line.trimEnd();
      const reading = retry(() => objectStore.get(keyOf[folder](sha256)));
      // Its error is that of the request for it, which may never come.
      reading.catch(() => undefined);
      started.set(sha256, reading);
      waiting.push(sha256);
      if (waiting.length > filesAhead[folder]) yield waiting.shift() as string;
    }
    yield* waiting;
  }
  return {
    hashes: hashes(),
    async read(sha256) {
      await step();
      const found = started.get(sha256) as Promise<Uint8Array>;
      started.delete(sha256);
      return found;
    },
  };
}
