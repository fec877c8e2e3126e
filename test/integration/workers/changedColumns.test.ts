/**
 * Every column of the database is changed in a real database, and the check that its entry names must name it: verifying the run, the check of
 * the store, or Postgres itself. A column without an entry fails. `npm test` changes a column of each table.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { AppError } from "@pareidolia/core/appError";
import { draftFromTemplate } from "@pareidolia/perception/study/studyDraft";
import { resultKindIds } from "@pareidolia/perception/study/studyResults";
import { type ColumnEntry, listColumns } from "@pareidolia/persistence/integrity/columnRegistry";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import type { ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import {
  findResultSource,
  findStudiesToCompute,
  type ResultSource,
  storeStudyResults,
} from "@pareidolia/persistence/studies/studies/studyResults";
import { createStudyOnce, type NewStudy } from "@pareidolia/persistence/studies/studies/writeStudies";
import { joinStudy, type NewVoter } from "@pareidolia/persistence/studies/voting/joinStudy";
import { checkStoredFigures } from "@pareidolia/workers/storeCheck/checkStoredFigures";
import { repairStore } from "@pareidolia/workers/storeRepair/repairStore";
import { StudyComputer } from "@pareidolia/workers/studies/studyComputer";
import { verifyRun } from "@pareidolia/workers/verification/verifyRun";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changeColumn, listDatabaseColumns } from "../../support/changeColumn.ts";
import { type CheckedData, writeCheckedData } from "../../support/checkedData.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { isTouchedIn, sampled } from "../../support/extent/sampled.ts";
import { readFewDigits } from "../../support/fewDigits.ts";
import { writeOpenedStudy } from "../../support/openedStudy.ts";
import { silent, testModel } from "../../support/runs.ts";

readFewDigits();

let testDatabase: TestDatabase;
let database: Database;
let folder: string;
let objectStore: ObjectStore;
let client: pg.Client;
let data: CheckedData;
const computer = new StudyComputer();

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-columns-"));
  objectStore = openFolderStore({ folder });
  client = new pg.Client({ connectionString: testDatabase.ownerUrl });
  await client.connect();
  data = await writeCheckedData({ database, objectStore, computer });
}, 120_000);
afterAll(async () => {
  await data?.close();
  await computer.close();
  await client.end();
  await database.close();
  await testDatabase.drop();
  await rm(folder, { recursive: true });
});

type Kind = keyof CheckedData["runs"];

/** The kind of run whose rows are changed; the rows of other tables belong to no single run. */
const kindOfTable: Readonly<Record<string, Kind>> = {
  runs: "evolution",
  run_totals: "evolution",
  generations: "evolution",
  analyses: "evolution",
  run_step_hashes: "ascent",
  genomes: "evolution",
  elites: "evolution",
  images: "evolution",
  scores: "evolution",
  trajectories: "ascent",
  trajectory_milestones: "ascent",
  perturbations: "perturbation",
  chains: "retraining",
  chain_links: "retraining",
  chain_elites: "retraining",
  models: "retraining",
};

const imagesOf = (run: string): string => `SELECT image_sha256 FROM genomes WHERE run_id = '${run}'`;

function rowsOf({ table, column }: ColumnEntry, kind: Kind): string {
  const run = data.runs[kind];
  if (table === "runs") return column === "source_sha256" ? `id = '${data.runs.perturbation}'` : `id = '${run}'`;
  if (table === "images") return `sha256 IN (${imagesOf(run)})`;
  if (table === "scores") return `image_sha256 IN (${imagesOf(run)})`;
  if (table === "trajectory_milestones") return `level > 0 AND trajectory_id IN (SELECT id FROM trajectories WHERE run_id = '${run}')`;
  if (table === "chain_links") return `run_id = '${run}' AND iteration = 2`;
  if (table === "chain_elites") return `link_id IN (SELECT id FROM chain_links WHERE run_id = '${run}' AND iteration = 2)`;
  if (table === "models") return "origin = 'chain'";
  if (table === "genomes") return `run_id = '${run}' AND (generation > 0 OR '${column}' NOT LIKE '%parent%')`;
  return `run_id = '${run}'`;
}

const rowsOfTable: Readonly<Record<string, string>> = {
  study_images: "role = 'COUNTED' AND votes > 0",
  votes: "role = 'COUNTED' AND agrees IS NOT NULL",
  study_voters: "finished_at IS NOT NULL",
  run_events: "kind = 'STATE' AND payload ->> 'to' = 'SUCCEEDED'",
};

/** Tables of an export have other names for some tables and columns. */
const exportedTables: Readonly<Record<string, string>> = {
  trajectory_milestones: "milestones",
  chain_links: "links",
  chain_elites: "link_elites",
};
const exportedColumns: Readonly<Record<string, string>> = {
  image_sha256: "image",
  original_sha256: "original_image",
  stored_target_confidence: "stored_searched_confidence",
  confidence: "search_confidence",
  curve_confidences: "curve_search_confidences",
};

/** What is named instead of a column that nothing states twice: the figures that follow from it. */
const namedInstead: Readonly<Record<string, string>> = {
  "analyses.input": "analyses.result",
  "votes.trial": "votes.",
  "votes.answer": "study_results.result or votes.answer",
  "votes.response_ms": "study_results.result",
  "study_voters.number": "votes.",
  "study_images.image_sha256": "study_images.",
  "study_voters.items": "votes.",
  "study_voters.insider": "study_results.result",
  "study_voters.still": "study_results.result",
  "study_voters.finished_at": "study_results.result",
  "run_events.kind": "runs.",
  "run_events.payload": "runs.",
  "run_events.created_at": "runs.",
  "rung_results.rung": "rung_decisions.",
  "rung_decisions.point": "rung_decisions.",
  "scores.model_id": "scores.image",
  "scores.image_sha256": "scores.image",
  "run_metrics.name": "run_metrics.",
  "images.sha256": "images/",
  "studies.plan_text": "studies.plan_hash",
  "study_images.label_space": "recognition.",
};

/** SQL; the rows of which one is changed. */
function whereOf(entry: ColumnEntry): string | undefined {
  const kind = kindOfTable[entry.table];
  return kind === undefined ? rowsOfTable[entry.table] : rowsOf(entry, kind);
}

function namesOf({ table, column }: ColumnEntry): readonly string[] {
  const instead = column === "seals" ? `${table}.` : namedInstead[`${table}.${column}`];
  const exported = `${exportedTables[table] ?? table}.${exportedColumns[column] ?? column}`;
  return [`${table}.${column}`, exported, ...(instead === undefined ? [] : [instead])];
}

/** What the verification of a run says. A run that can no longer be read is refused by name. */
async function verified(kind: Kind): Promise<{ readonly isChanged: boolean; readonly columns: readonly string[] }> {
  try {
    const result = await verifyRun(data.runs[kind], {
      database,
      objectStore,
      openClassifier: data.openClassifier,
      cacheFolder: process.env["PAREIDOLIA_CACHE"] ?? "",
      signal: new AbortController().signal,
      log: silent,
      report: async () => undefined,
    });
    return { isChanged: result.difference !== null, columns: (result.findings ?? []).map(({ column }) => column) };
  } catch (error) {
    if (error instanceof AppError) return { isChanged: true, columns: [error.message] };
    throw error;
  }
}

type Compute = StudyComputer["compute"];

/** The results of the study as it is, computed once: most changes are of none of its votes. */
let unchanged: ReturnType<Compute> | null = null;
const computedOnce: Compute = (...parameters) => {
  unchanged ??= computer.compute(...parameters);
  return unchanged;
};

/** Reads all votes again, as a new process does. */
const computedAgain: Compute = async (...parameters) => {
  const fresh = new StudyComputer();
  try {
    return await fresh.compute(...parameters);
  } finally {
    await fresh.close();
  }
};

const tablesOfResults = new Set(["votes", "study_voters"]);

const voterOf = (studyId: string): NewVoter => ({
  studyId,
  userId: null,
  insider: false,
  still: false,
  stillLeftOut: false,
  countsJudged: false,
  sessionHash: "session",
  withdrawalHashes: ["code"],
  consentVersion: 1,
  language: "en",
  clientHash: null,
  screen: null,
  idempotencyKey: null,
  maxAnonymous: 1,
  assign: (images) => ({ items: images.map(({ index }) => index), trialCount: images.length }),
});

/** What the check of the store says after a change of this table. */
async function checked(table: string): Promise<readonly string[]> {
  const sentences: string[] = [];
  const compute = tablesOfResults.has(table) ? computedAgain : computedOnce;
  const print = (sentence: string) => void sentences.push(sentence);
  await checkStoredFigures({ database, objectStore, computer: { compute }, networks: [testModel], print });
  const { lost } = await repairStore({ connection: database.connection, objectStore, repairs: false, copy: null, cacheFolder: "" });
  return [...sentences, ...lost.map(({ key }) => key)];
}

it("every column of the database has one entry", async () => {
  const entries = listColumns().map(({ table, column }) => `${table}.${column}`);
  const columns = [...(await listDatabaseColumns(client))].flatMap(([table, names]) => names.map((name) => `${table}.${name}`));
  const own = columns.filter((name) => !/^_|^pgboss|^graphile/.test(name));
  expect(own.filter((name) => !entries.includes(name))).toEqual([]);
  expect(entries.filter((name) => !own.includes(name))).toEqual([]);
  expect(entries.filter((name, at) => entries.indexOf(name) !== at)).toEqual([]);
  for (const { check, reason, table, column } of listColumns()) if (check === null) expect(reason, `${table}.${column}`).not.toBe("");
});

it("unchanged, nothing is found", async () => {
  for (const kind of Object.keys(data.runs) as Kind[]) expect(await verified(kind), kind).toEqual({ isChanged: false, columns: [] });
  expect(await checked("votes")).toEqual([]);
});

describe("a change", () => {
  /** A sample has a column of each table. */
  const withCheck = (...wanted: readonly string[]) =>
    sampled(
      listColumns().filter(({ check }) => check !== null && wanted.includes(check)),
      { by: ({ table }) => table, isTouched: isTouchedIn("packages/persistence/src/integrity") },
    );
  const title = ({ table, column }: ColumnEntry): [string, ColumnEntry] => [`${table}.${column}`, { table, column } as ColumnEntry];

  it.each(withCheck("chain", "verify").map(title))("of %s differs when its run is verified", async (name, entry) => {
    const kind = name === "runs.source_sha256" ? "perturbation" : (kindOfTable[entry.table] as Kind);
    const restore = await changeColumn(client, { ...entry, where: rowsOf(entry, kind) });
    try {
      const { isChanged, columns } = await verified(kind);
      const isNamed = namesOf(entry).some((known) => columns.includes(known));
      const { check } = listColumns().find(({ table, column }) => `${table}.${column}` === name) as ColumnEntry;
      expect(check === "chain" ? isChanged || isNamed : isNamed, `found: ${columns.join(", ")}`).toBe(true);
    } finally {
      await restore();
    }
  });

  it.each(withCheck("check", "seal").map(title))("of %s is named by the check of the store", async (_name, entry) => {
    const restore = await changeColumn(client, { ...entry, where: whereOf(entry) });
    try {
      const sentences = await checked(entry.table);
      const isNamed = sentences.some((sentence) => namesOf(entry).some((known) => sentence.includes(known)));
      expect(isNamed, `found: ${sentences.join("\n")}`).toBe(true);
    } finally {
      await restore();
    }
  });

  it.each(withCheck("seal").map(title))("of %s is refused by Postgres unless triggers are off", async (_name, entry) => {
    await expect(changeColumn(client, { ...entry, where: whereOf(entry) }, true)).rejects.toThrow(
      /cannot be changed once|are never changed/,
    );
  });

  const ofNetworks = withCheck("seal").filter(({ table }) => table === "models");
  it.each(ofNetworks.map(title))("of %s of a network of the product is named by the check of the store", async (name, entry) => {
    const restore = await changeColumn(client, { ...entry, where: "slug = 'linear'" });
    try {
      const named = (await checked("models")).filter((sentence) => sentence.startsWith(`${name} of the network linear`));
      // Only the seals have it of other networks.
      expect(named.length > 0).toBe(name !== "models.created_at");
    } finally {
      await restore();
    }
  });

  it.each(withCheck("refused").map(title))("of %s is refused by Postgres", async (_name, entry) => {
    await expect(changeColumn(client, entry, true)).rejects.toThrow(/violates|can only be updated to DEFAULT|immutable|cannot/);
  });
});

it("nothing is found of a draft, nor of an open study with a voter who has not voted", async () => {
  const { study } = await writeOpenedStudy({ database, objectStore });
  const source = async () => (await findResultSource(database.connection, study.id)) as ResultSource;
  const store = async (results: ResultSource) => {
    const computed = await computer.compute(database.connection, results);
    return database.transaction((transaction) => storeStudyResults(transaction, results, computed));
  };
  const waiting = () => database.transaction((transaction) => findStudiesToCompute(transaction, resultKindIds, [study.id]));
  expect(await store(await source())).toBe(true);
  expect(await waiting()).toEqual([]);

  const { workspaceId, createdById } = await database.connection.study.findUniqueOrThrow({ where: { id: study.id } });
  await database.transaction((transaction) =>
    createStudyOnce(transaction, {
      workspaceId,
      createdById,
      title: "A draft",
      access: "MEMBERS",
      draft: draftFromTemplate("zhouFirestoneE1", 1) as unknown as NewStudy["draft"],
      forkedFromId: null,
      idempotencyKey: null,
    }),
  );
  await database.transaction((transaction) => joinStudy(transaction, voterOf(study.id)));
  expect(await checked("votes")).toEqual([]);

  expect(await waiting()).toEqual([study.id]);
  expect(await store(await source())).toBe(true);
  const { result } = await database.connection.studyResult.findUniqueOrThrow({
    where: { studyId_kind: { studyId: study.id, kind: "summary" } },
  });
  expect(result).toMatchObject({ counts: { everyone: { voters: 1 } } });
  expect(await waiting()).toEqual([]);
  expect(await checked("votes")).toEqual([]);
});
