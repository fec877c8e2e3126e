/**
 * Every column of an export is changed before it is imported: the import refuses it, or verifying the restored run names it, as
 * `changedColumns` requires of the same columns in a database. The checks of the import run here in one process, on rows in memory.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { AppError } from "@pareidolia/core/appError";
import { orderOf } from "@pareidolia/exchange/bundleOrder";
import { checkRow } from "@pareidolia/exchange/bundleRow";
import { type RowOf, type TableName, tableNames } from "@pareidolia/exchange/bundleTables";
import { importedColumns } from "@pareidolia/exchange/restoring/importedColumns";
import { type BundleRows, checkRestorable } from "@pareidolia/exchange/restoring/restorable";
import { decodePng } from "@pareidolia/images/png";
import { selectExport } from "@pareidolia/persistence/files/exports/exportSelection";
import { listColumns } from "@pareidolia/persistence/integrity/columnRegistry";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { genomeKey, imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { rowsOfSpools, spoolTables } from "@pareidolia/workers/exports/spoolTables";
import { drawGenomes } from "@pareidolia/workers/figures/drawnGenomes";
import { refuseFinding } from "@pareidolia/workers/figures/finding";
import { checkImageFile } from "@pareidolia/workers/figures/storedImages";
import { checkContent } from "@pareidolia/workers/imports/restoring/checkContent";
import { type BundleNetwork, toExportedModel } from "@pareidolia/workers/imports/restoring/openNetworks";
import { StudyComputer } from "@pareidolia/workers/studies/studyComputer";
import { afterAll, beforeAll, expect, it } from "vitest";
import { changeCell } from "../../support/changeCell.ts";
import { type CheckedData, writeCheckedData } from "../../support/checkedData.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { isTouchedIn, sampled } from "../../support/extent/sampled.ts";
import { readFewDigits } from "../../support/fewDigits.ts";

readFewDigits();

type Rows = { readonly [Name in TableName]: readonly RowOf<Name>[] };
type Kind = keyof CheckedData["runs"];

let testDatabase: TestDatabase;
let database: Database;
let folder: string;
let objectStore: ObjectStore;
let data: CheckedData;
const computer = new StudyComputer();
const exported = new Map<Kind, { readonly rows: Rows; readonly models: readonly string[] }>();

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-exports-"));
  objectStore = openFolderStore({ folder: path.join(folder, "objects") });
  data = await writeCheckedData({ database, objectStore, computer });
  for (const kind of Object.keys(data.runs) as Kind[]) exported.set(kind, await readExport(data.runs[kind]));
}, 120_000);
afterAll(async () => {
  await data?.close();
  await computer.close();
  await database.close();
  await testDatabase.drop();
  await rm(folder, { recursive: true });
});

async function readExport(runId: string): Promise<{ readonly rows: Rows; readonly models: readonly string[] }> {
  const place = await mkdtemp(path.join(folder, "rows-"));
  return database.snapshot(async (connection) => {
    const subject = { workspaceId: localWorkspaceId, subject: "run", runId, experimentId: null } as const;
    const selection = await selectExport(connection, subject, true);
    if (selection === null) throw new Error("There is no run.");
    const tables = await spoolTables(connection, { selection, parts: ["genomes", "scores"], folder: place, onRow: async () => undefined });
    const bundle = rowsOfSpools(tables);
    const rows: Record<string, unknown[]> = {};
    for (const name of tableNames) {
      const read: unknown[] = [];
      for await (const row of bundle.rows(name)) read.push(row);
      rows[name] = read;
    }
    return { rows: rows as unknown as Rows, models: selection.models };
  });
}

const kindOf: Partial<Record<TableName, Kind>> = {
  trajectories: "ascent",
  milestones: "ascent",
  perturbations: "perturbation",
  chains: "retraining",
  links: "retraining",
  link_elites: "retraining",
};

function kindsOf({ table, column }: { readonly table: TableName; readonly column: string }): readonly Kind[] {
  if (table === "perturbations") return ["perturbation", "untargeted"];
  if (column === "test_error") return ["retraining"];
  return [column === "source_image" ? "perturbation" : (kindOf[table] ?? "evolution")];
}

function bundleOf(rows: Rows): BundleRows {
  return {
    async *rows<Name extends TableName>(name: Name) {
      const requireOrder = orderOf(name);
      for (const [at, given] of rows[name].entries()) {
        const row = checkRow(
          name,
          given as unknown as Readonly<Record<string, unknown>>,
          `row ${at} of ${name}`,
          (table) => rows[table].length,
        );
        requireOrder(row);
        yield row;
      }
    },
  };
}

/** All checks of an import: those of the process that reads the file, then those of the worker. */
async function importRows(rows: Rows, models: readonly string[]): Promise<void> {
  const bundle = bundleOf(rows);
  const keyOf = (run: number): string => `RUN-${run}`;
  await checkRestorable(bundle, { subject: "run" });
  for (const row of rows.images) checkImageFile(row, await objectStore.get(imageKey(row.sha256)), refuseFinding);
  const readImage = async (sha256: string) => decodePng(await objectStore.get(imageKey(sha256)));
  const readGenome = (sha256: string) => objectStore.get(genomeKey(sha256));
  const until = Number.POSITIVE_INFINITY;
  await drawGenomes({ bundle, keyOf, report: refuseFinding, readGenome, readImage, until });
  const networks: readonly BundleNetwork[] = rows.models.map((row) => ({
    id: models[row.model] ?? null,
    model: toExportedModel(row),
    newReport: null,
  }));
  const place = await mkdtemp(path.join(folder, "check-"));
  const { openClassifier } = data;
  const { connection } = database;
  const signal = new AbortController().signal;
  await checkContent({
    bundle,
    networks,
    keyOf,
    connection,
    objectStore,
    openClassifier,
    folder: place,
    signal,
    onScored: async () => undefined,
  });
}

it("an unchanged export of each kind of run is accepted", async () => {
  for (const [kind, { rows, models }] of exported) await expect(importRows(rows, models), kind).resolves.toBeUndefined();
});

const columns = tableNames.flatMap((table) =>
  Object.entries(importedColumns[table] as Readonly<Record<string, string>>).map(([column, check]) => ({ table, column, check })),
);

it("every column that no import and no verification checks has a reason", () => {
  expect(columns.filter(({ check }) => check !== "import" && check !== "verify" && check.length < 12)).toEqual([]);
});

const storedTables: Readonly<Record<string, string>> = {
  milestones: "trajectory_milestones",
  links: "chain_links",
  link_elites: "chain_elites",
  step_hashes: "run_step_hashes",
};
const storedColumns: Readonly<Record<string, string>> = {
  search_confidence: "confidence",
  search_fitness: "fitness",
  curve_search_confidences: "curve_confidences",
  fork_generation: "forked_from_generation",
  parents: "first_parent_id",
  run: "run_id",
};

it("every column that is left to a verification is checked in the database", () => {
  const checkedColumns = new Set(listColumns().flatMap(({ table, column, check }) => (check === null ? [] : [`${table}.${column}`])));
  const left = columns.filter(({ check }) => check === "verify");
  const names = left.map(({ table, column }) => `${storedTables[table] ?? table}.${storedColumns[column] ?? column}`);
  expect(names.filter((name) => !checkedColumns.has(name))).toEqual([]);
});

/** Numbers of rows and tables that an export of one run does not have; `restorable.test.ts` changes these. */
const elsewhere = new Set(["experiments", "sweeps", "rung_decisions", "comments", "checkpoints", "imported_images"]);
const refusedByImport = columns.filter(({ table, check }) => check === "import" && !elsewhere.has(table));

/** How an import calls a row of the table that it finds fault with, as a regular expression. */
const namesOfRows: Partial<Record<TableName, string>> = {
  runs: "(run 0|RUN-0)",
  images: "the image [0-9a-f]{12}",
  generations: "generation 0 of RUN-0",
  genomes: "genome 0\\.0 of (run 0|RUN-0)",
  elites: "elite of (run 0|RUN-0) in niche 0",
  trajectories: "(trajectory (0\\.0\\.0 )?of (run 0|RUN-0)|ascent of RUN-0 to class 0)",
  milestones: "(milestone of run 0|ascent of RUN-0 to class 0)",
  perturbations: "attack 0 of (run 0|RUN-0)",
  chains: "chain of run 0",
  links: "DNN_[12] of (run 0|RUN-0)",
  link_elites: "elite of DNN_1 of (run 0|RUN-0)",
  scores: "score of the image [0-9a-f]{12} by linear",
};

/** What is named instead of a column that another one follows from: the other column. */
const namedInstead: Readonly<Record<string, string>> = {
  "models.test_error": "links.test_error of DNN_2 of RUN-0",
  "elites.search_fitness": "generations.search_median of generation 0 of RUN-0",
  "trajectories.step": "runs.archive_hash of RUN-0",
  "trajectories.ended": "runs.stopped_by of RUN-0",
  "trajectories.search_confidence": "trajectories.curve_search_confidences of the trajectory 0.0.0 of RUN-0",
};

/** Whether the message says which column or row was changed, or, of an image that no row names any more, which image. */
function isNamed(message: string, { table, column }: { readonly table: TableName; readonly column: string }, changed: unknown): boolean {
  const known = [`${table}.${column}`, `row [0-9]+ of ${table} `, `[rR]ows of ${table} are`, `${column} in row [0-9]+ of ${table} `];
  const instead = namedInstead[`${table}.${column}`];
  if (instead !== undefined) return message.includes(instead);
  const image = typeof changed === "string" && /^[0-9a-f]{64}$/.test(changed) ? [`the image ${changed.slice(0, 12)}`] : [];
  return [...known, namesOfRows[table] ?? "(?!)", ...image].some((name) => new RegExp(name).test(message));
}

/** A sample has a column of each table. */
const cases = sampled(
  refusedByImport.flatMap((entry) => kindsOf(entry).map((kind) => [`${entry.table}.${entry.column} of the ${kind}`, kind, entry] as const)),
  { by: ([, , { table }]) => table, isTouched: isTouchedIn("packages/exchange/src/restoring") },
);

it.each(cases)("a changed %s is refused by its name", async (_name, kind, entry) => {
  const { table, column } = entry;
  const { rows, models } = exported.get(kind) as { rows: Rows; models: readonly string[] };
  const before = rows[table] as readonly Readonly<Record<string, unknown>>[];
  const after = changeCell(before, `${table}.${column}`);
  const row = before.findIndex((_, at) => before[at] !== after[at]);
  expect(row).toBeGreaterThanOrEqual(0);
  const failure: unknown = await importRows({ ...rows, [table]: after }, models).then(
    () => null,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(AppError);
  const { message } = failure as AppError;
  expect(isNamed(message, entry, before[row]?.[column]), message).toBe(true);
});

it("an attack without a target has its searched class, and both confidences in it", async () => {
  const { rows } = exported.get("untargeted") as { rows: Rows };
  expect(rows.perturbations).not.toEqual([]);
  for (const attack of rows.perturbations) {
    expect(attack.searched_class).toBe(attack.original_class);
    const score = rows.scores.find(({ image }) => image === attack.image);
    const probabilities = Buffer.from(score?.probabilities ?? "", "base64");
    expect(attack.stored_searched_confidence).toBeCloseTo(probabilities.readFloatLE(4 * attack.original_class), 6);
  }
  expect(rows.perturbations.some(({ stored_class, searched_class }) => stored_class !== searched_class)).toBe(true);
});
