/**
 * Lists, totals and comparisons read their rows by index: 30,000 elites and 300,000 scores, of which a tenth belongs to the workspace that
 * asks, and none of the surest.
 */

import type { EliteListFilter } from "@pareidolia/persistence/lab/elites/eliteConditions";
import * as elites from "@pareidolia/persistence/lab/elites/readElites";
import * as experiments from "@pareidolia/persistence/lab/experiments/readExperiments";
import { findMilestones } from "@pareidolia/persistence/lab/generations/readGenerations";
import { findAncestries } from "@pareidolia/persistence/lab/genomes/ancestry";
import { findDescent, findLineage } from "@pareidolia/persistence/lab/genomes/lineage";
import * as genomes from "@pareidolia/persistence/lab/genomes/readGenomes";
import * as images from "@pareidolia/persistence/lab/images/readImages";
import * as perturbations from "@pareidolia/persistence/lab/perturbations/readPerturbations";
import { findRecognitionOfRuns } from "@pareidolia/persistence/lab/recognition/readRunRecognition";
import { measureExperiments, measureRuns } from "@pareidolia/persistence/lab/runs/measureOutcomes";
import * as scores from "@pareidolia/persistence/lab/scores/readScores";
import { countUnscoredPairs, readTransfer } from "@pareidolia/persistence/lab/scores/readTransfer";
import * as trajectories from "@pareidolia/persistence/lab/trajectories/readTrajectories";
import { type Connection, type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { openReach, openScope } from "@pareidolia/persistence/server/scope/openScope";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { countHoldings } from "@pareidolia/persistence/workspace/workspaces/readWorkspaces";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seedScale } from "../../bench/scale/seedScale.ts";
import { experimentOf, hashOf, idOf, modelIdOf, runIdOf, runOf } from "../../bench/scale/shape.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { explainAll, maxRows, tablesScanned } from "../../support/explain.ts";
import { withClient } from "../../support/postgresServer.ts";

const size = { runs: 600 };
const scope = openScope(localWorkspaceId);
const reach = openReach({ workspaceId: localWorkspaceId, linkedExperimentId: null });
const first = { limit: 50, backward: false, after: null, before: null };
const after = (...position: readonly (string | number)[]) => ({ ...first, after: position });
const ownRun = runIdOf(50);
const ownExperiment = experimentOf(size, runOf(size, size.runs / 5)).id;
const model = modelIdOf(10);
const middle = "2026-06-01T00:00:00.000Z";

let testDatabase: TestDatabase;
let database: Database;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  await seedScale(testDatabase.ownerUrl, size);
  database = await openDatabase(testDatabase.url);
  // Others' voters have seen much more, or reading the whole table would cost as little as an index.
  await database.connection.$executeRaw`
    INSERT INTO recognition (workspace_id, image_sha256, label_space, label, studies, votes, agreeing, corrected_votes, recognised, guess_odds)
    SELECT g.workspace_id, g.image_sha256, m.label_space, 0, 1, 24, 12, 24, 0, 24
    FROM genomes g JOIN runs r ON r.id = g.run_id JOIN models m ON m.id = r.model_id
    WHERE g.workspace_id <> ${localWorkspaceId} LIMIT 10000
    ON CONFLICT DO NOTHING`;
  await withClient(testDatabase.ownerUrl, (client) => client.query("ANALYZE recognition"));
}, 240_000);
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

/** Pages of the statement may read this many rows: some pages of each method or class, or of a run. */
const maxOfPage = 1_500;

const filters: Readonly<Record<string, Omit<EliteListFilter, "scope">>> = {
  "the workspace": { current: true },
  "the workspace, ever": { current: false },
  "a model": { current: true, modelId: model },
  "a model, ever": { current: false, modelId: model },
  "an encoding": { current: true, encodings: ["cppn"] },
  "a label space": { current: true, labelSpace: "space of 50" },
  "a class": { current: true, labels: ["class 3 of 50"] },
  "classes by text": { current: true, labelContains: "class 4 of" },
  "an experiment": { current: true, experimentId: ownExperiment },
  "a run": { current: true, runId: ownRun },
  "a confidence": { current: true, minimumConfidence: 0.5 },
  "chosen elites": { current: true, ids: [idOf(7, 0), idOf(7, 1)] },
};
const pagesOfElites = Object.entries(filters).flatMap(([name, filter]) =>
  (["storedFitness", "createdAt"] as const).flatMap((field) =>
    (["DESC", "ASC"] as const).flatMap((direction) =>
      [first, after(field === "createdAt" ? middle : 0.45, "8")].map((page) => {
        const title = `elites of ${name} by ${field} ${direction}${page === first ? "" : ", in the middle"}`;
        const order = { field, direction };
        return [title, (connection: Connection) => elites.listElites(connection, { filter: { scope, ...filter }, order, page })] as const;
      }),
    ),
  ),
);
const byConfidence = { field: "storedConfidence", direction: "DESC" } as const;
const byTime = { field: "createdAt", direction: "DESC" } as const;
const otherPages: readonly (readonly [string, (connection: Connection) => Promise<unknown>])[] = [
  ["genomes", (connection) => genomes.listGenomes(connection, { filter: { scope }, page: first })],
  ["genomes in the middle", (connection) => genomes.listGenomes(connection, { filter: { scope }, page: after(middle, "8") })],
  ["genomes of a run", (connection) => genomes.listGenomes(connection, { filter: { scope, runId: ownRun }, page: first })],
  ["images", (connection) => images.listImages(connection, { scope, page: first })],
  ["images in the middle", (connection) => images.listImages(connection, { scope, page: after(middle, "8") })],
  ["images by hash", (connection) => images.findReadableImages(connection, { reach, hashes: [hashOf(0), hashOf(9)] })],
  ["scores", (connection) => scores.listScores(connection, { filter: { scope }, page: first })],
  ["scores in the middle", (connection) => scores.listScores(connection, { filter: { scope }, page: after(0.5, "8") })],
  ["scores of a model", (connection) => scores.listScores(connection, { filter: { scope, modelId: model }, page: first })],
  ["scores of a confidence", (connection) => scores.listScores(connection, { filter: { scope, minimumConfidence: 0.9 }, page: first })],
  ["scores of images", (connection) => scores.findScoresOfImages(connection, { reach, hashes: [hashOf(0), hashOf(9)] })],
  ...[byConfidence, byTime].flatMap((order): typeof otherPages => [
    [
      `trajectories by ${order.field}`,
      (connection) => trajectories.listTrajectoryResults(connection, { filter: { scope }, order, page: first }),
    ],
    [
      `perturbations by ${order.field}`,
      (connection) => perturbations.listPerturbationResults(connection, { filter: { scope, success: true }, order, page: first }),
    ],
  ]),
  ["the first fooling elites of models", (connection) => elites.findFirstFooled(connection, { scope, modelIds: [model, modelIdOf(0)] })],
  ["a run's archive", (connection) => elites.findArchives(connection, [ownRun])],
  ["a run's archive after a generation", (connection) => elites.findArchiveAt(connection, { runId: ownRun, generation: 3 })],
  ["elites of a niche", (connection) => elites.findElitesOfNiche(connection, { runIds: [ownRun], niche: 3 })],
  [
    "the ancestry of elites",
    (connection) =>
      findAncestries(
        connection,
        [0, 1].map((niche) => ({ eliteId: idOf(7, niche), limit: 100, acrossRuns: false })),
      ),
  ],
  ["a run's lineage", (connection) => findLineage(connection, { runId: ownRun, limit: 100, most: 10_000 })],
  ["a run's descent", (connection) => findDescent(connection, { runId: ownRun, most: 10_000 })],
  ["a run's outcome", (connection) => measureRuns(connection, [ownRun])],
  ["a run's milestones", (connection) => findMilestones(connection, [ownRun])],
  ["an experiment's outcomes", (connection) => measureExperiments(connection, [ownExperiment])],
  ["an experiment's summary", (connection) => experiments.summariseExperiments(connection, [ownExperiment])],
  ["transfer between models", (connection) => readTransfer(connection, { runIds: [ownRun], modelIds: [model, modelIdOf(11)] })],
  ["missing scores of transfer", (connection) => countUnscoredPairs(connection, { runIds: [ownRun], modelIds: [model] })],
  ["what people say about runs", (connection) => findRecognitionOfRuns(connection, { scope, userId: localUserId, groups: [[ownRun]] })],
];

describe("a page", () => {
  it.each([...pagesOfElites, ...otherPages])("of %s", async (_title, call) => {
    for (const plan of await explainAll(database, call)) {
      expect(tablesScanned(plan)).toEqual([]);
      expect(maxRows(plan)).toBeLessThan(maxOfPage);
    }
  });
});

describe("a total", () => {
  const countOf = (filter: Omit<EliteListFilter, "scope">) => (connection: Connection) =>
    elites.countElites({ connection, most: 500 }, { filter: { scope, ...filter }, order: { field: "storedFitness", direction: "DESC" } });
  it.each<readonly [string, (connection: Connection) => Promise<unknown>]>([
    ...Object.entries(filters).map(([name, filter]) => [`elites of ${name}`, countOf(filter)] as const),
    ["elites that people were asked about", countOf({ current: true, people: { asked: true } })],
    ["elites that people were never asked about", countOf({ current: true, people: { asked: false } })],
    ["elites that half of the people recognise", countOf({ current: true, people: { minimumShare: 0.5 } })],
    ["genomes", (connection) => genomes.countGenomes({ connection, most: null }, { scope })],
    ["images", (connection) => images.countImages({ connection, most: null }, scope)],
    ["scores", (connection) => scores.countScores({ connection, most: 500 }, { scope })],
    [
      "trajectories",
      (connection) => trajectories.countTrajectoryResults({ connection, most: null }, { filter: { scope }, order: byConfidence }),
    ],
    [
      "perturbations",
      (connection) => perturbations.countPerturbationResults({ connection, most: null }, { filter: { scope }, order: byConfidence }),
    ],
    ["what a workspace holds", (connection) => countHoldings(connection, scope)],
  ])("of %s reads no table as a whole", async (_title, call) => {
    for (const plan of await explainAll(database, call)) expect(tablesScanned(plan)).toEqual([]);
  });
});
