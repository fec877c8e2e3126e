/** A run has one median: each generation's statistics are those of its stored images, in the run's row as in the rows of generations. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { readFirstReached, readMediansAt } from "@pareidolia/persistence/lab/comparisons/readComparison";
import { findGenerations, findMilestones } from "@pareidolia/persistence/lab/generations/readGenerations";
import { summariseGenerations } from "@pareidolia/persistence/lab/generations/summariseGenerations";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import type { ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { evolveContext, seedRun } from "../../support/runs.ts";

let testDatabase: TestDatabase;
let database: Database;
let folder: string;
let objectStore: ObjectStore;
const classes = 5;
const classifier = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes });

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-run-"));
  objectStore = openFolderStore({ folder });
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
  await rm(folder, { recursive: true });
});

async function evolved(checkpointSeconds: number, insertion = "every-class"): Promise<string> {
  const runId = await seedRun(database, { seed: 3, generations: 40 });
  const { parameters } = await database.connection.run.findUniqueOrThrow({ where: { id: runId } });
  await database.connection.run.update({ where: { id: runId }, data: { parameters: { ...(parameters as object), insertion } } });
  await carryOutRun({ runId }, evolveContext({ database, objectStore, classifier, checkpointSeconds }));
  return runId;
}

/** From the elites alone: the confidences of the images that held a niche after each generation. */
async function fromElites(runId: string, column: "storedFitness" | "fitness") {
  const elites = await database.connection.elite.findMany({ where: { runId }, orderBy: { niche: "asc" } });
  return Array.from({ length: 41 }, (_, generation) => {
    const values = new Array<number>(classes).fill(0);
    for (const elite of elites)
      if (elite.generation <= generation && (elite.replacedAt === null || elite.replacedAt > generation))
        values[elite.niche] = elite[column];
    const sorted = values.toSorted((a, b) => a - b);
    return { median: sorted[2], mean: values.reduce((sum, value) => sum + value, 0) / classes, minimum: sorted[0], maximum: sorted[4] };
  });
}

const storedOf = (rows: Awaited<ReturnType<typeof findGenerations>>) =>
  rows.map(({ median, mean, minimum, maximum }) => ({ median, mean, minimum, maximum }));

describe.each([
  ["one checkpoint", 60, "every-class"],
  ["a checkpoint after every generation", 0, "every-class"],
  ["empty niches", 60, "argmax"],
] as const)("a run with %s", (_, seconds, insertion) => {
  let runId: string;
  beforeAll(async () => {
    runId = await evolved(seconds, insertion);
  });

  it("has the statistics of its stored images in every generation, and those of the search under their own names", async () => {
    const rows = await findGenerations(database.connection, { runIds: [runId], from: 0 });
    expect(storedOf(rows)).toEqual(await fromElites(runId, "storedFitness"));
    const searched = rows.map(({ searchMedian, searchMean, searchMinimum, searchMaximum }) => ({
      median: searchMedian,
      mean: searchMean,
      minimum: searchMinimum,
      maximum: searchMaximum,
    }));
    expect(searched).toEqual(await fromElites(runId, "fitness"));
    expect(searched).not.toEqual(storedOf(rows));
  });

  it("has the last generation's in its own row", async () => {
    const last = (await findGenerations(database.connection, { runIds: [runId], from: 40 }))[0];
    const run = await database.connection.run.findUniqueOrThrow({ where: { id: runId } });
    expect([run.median, run.mean, run.best]).toEqual([last?.median, last?.mean, last?.maximum]);
  });

  it("compares, and reaches milestones, by its stored images", async () => {
    const { connection } = database;
    const last = (await findGenerations(connection, { runIds: [runId], from: 40 }))[0];
    expect(await readMediansAt(connection, { runIds: [runId], generations: [40] })).toMatchObject([{ median: last?.median }]);
    const medians = (await fromElites(runId, "storedFitness")).map(({ median = 0 }) => median);
    const confidence = medians[30] as number;
    const first = medians.findIndex((median) => median >= confidence);
    expect(await readFirstReached(connection, { runIds: [runId], confidence })).toEqual([{ runId, generation: first }]);
    for (const { confidence: level, medianGeneration } of await findMilestones(connection, [runId]))
      expect(medianGeneration ?? -1).toBe(medians.findIndex((median) => median >= level));
  });

  it("is summarised from its rows with the same bits, as copied and restored archives are", async () => {
    const before = await findGenerations(database.connection, { runIds: [runId], from: 0 });
    const none = { median: null, mean: null, minimum: null, maximum: null };
    await database.connection.generation.updateMany({ where: { runId }, data: none });
    expect(await database.connection.run.findUnique({ where: { id: runId }, select: { mean: true } })).toEqual({ mean: null });
    await summariseGenerations(database.connection, runId);
    expect(await findGenerations(database.connection, { runIds: [runId], from: 0 })).toEqual(before);
    const { mean, best } = await database.connection.run.findUniqueOrThrow({ where: { id: runId } });
    expect([mean, best]).toEqual([before.at(-1)?.mean, before.at(-1)?.maximum]);
  });
});

it("a generation whose images a retention rule has removed gets no statistics, unless it has them already", async () => {
  const runId = await evolved(60);
  const before = await findGenerations(database.connection, { runIds: [runId], from: 0 });
  await database.connection.elite.deleteMany({ where: { runId, replacedAt: { not: null } } });
  await summariseGenerations(database.connection, runId);
  expect(await findGenerations(database.connection, { runIds: [runId], from: 0 })).toEqual(before);
  const none = { median: null, mean: null, minimum: null, maximum: null };
  await database.connection.generation.updateMany({ where: { runId }, data: none });
  await summariseGenerations(database.connection, runId);
  const after = await findGenerations(database.connection, { runIds: [runId], from: 0 });
  expect(after[0]).toMatchObject({ ...none, searchMedian: before[0]?.searchMedian });
  expect(after.at(-1)).toEqual(before.at(-1));
});
