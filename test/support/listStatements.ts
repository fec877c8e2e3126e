/** Calls of the lists of elites, genomes, images, scores and results, with filters that make their statements start at each of their indices. */
import type { EliteListFilter } from "@pareidolia/persistence/lab/elites/eliteConditions";
import { countElites, listElites } from "@pareidolia/persistence/lab/elites/readElites";
import { countGenomes, listGenomes } from "@pareidolia/persistence/lab/genomes/readGenomes";
import { countPerturbationResults, listPerturbationResults } from "@pareidolia/persistence/lab/perturbations/readPerturbations";
import { listRuns } from "@pareidolia/persistence/lab/runs/readRuns";
import { countScores, listScores } from "@pareidolia/persistence/lab/scores/readScores";
import { countTrajectoryResults, listTrajectoryResults } from "@pareidolia/persistence/lab/trajectories/readTrajectories";
import { openExperimentScope, openScope } from "@pareidolia/persistence/server/scope/openScope";
import type { StatementCase } from "./statementCase.ts";

const scope = openScope("workspace");
const shared = openExperimentScope("experiment");
const first = { limit: 10, backward: false, after: null, before: null };
const after = (...position: readonly (string | number)[]) => ({ ...first, after: position });
const one = {
  sha256: "a",
  probabilities: new Uint8Array(4),
  storedOriginalBytes: new Uint8Array(4),
  createdAt: new Date(),
  shownAt: new Date(),
};

const filters: readonly EliteListFilter[] = [
  { scope, current: true },
  { scope, current: false },
  { scope, current: false, minimumConfidence: 0.5, maximumConfidence: 0.6 },
  { scope, current: true, modelId: "model" },
  { scope, current: false, encodings: ["cppn"], labelSpace: "space" },
  { scope, current: true, niches: [0], encodings: ["cppn"] },
  { scope, current: true, labels: ["a"], modelId: "model" },
  { scope, current: false, labelContains: "a", labelSpace: "space" },
  { scope, current: true, experimentId: "experiment", labels: ["a"] },
  { scope, current: true, runId: "run" },
  { scope: shared, current: true },
  { scope: shared, current: false, niches: [0] },
];

const elites = filters.flatMap((filter) =>
  (["storedFitness", "createdAt"] as const).flatMap((field): StatementCase[] => [
    // Few classes have the labels, as the first row says; then the page has this row, too.
    {
      rows: [{ ...one, count: 1 }],
      call: (connection) => listElites(connection, { filter, order: { field, direction: "DESC" }, page: after(0.5, "a") }),
    },
    {
      rows: [{ ...one, count: 1_000 }],
      call: (connection) => listElites(connection, { filter, order: { field, direction: "ASC" }, page: first }),
    },
    { rows: [{ count: 1 }], call: (connection) => countElites({ connection, most: 10 }, { filter, order: { field, direction: "DESC" } }) },
    {
      rows: [{ count: 1 }],
      call: (connection) => countElites({ connection, most: null }, { filter, order: { field, direction: "DESC" } }),
    },
    {
      rows: [{ count: 1_000 }],
      call: (connection) => countElites({ connection, most: 10 }, { filter, order: { field, direction: "DESC" } }),
    },
  ]),
);

const results = [
  { scope },
  { scope, runId: "run" },
  { scope: shared },
  { scope, experimentId: "experiment", methods: ["pgd"], labelSpace: "space" },
];
const order = { field: "storedConfidence", direction: "DESC" } as const;
const others: readonly StatementCase["call"][] = [
  (connection) => listGenomes(connection, { filter: { scope: shared }, page: first }),
  (connection) => countGenomes({ connection, most: 10 }, { scope, runId: "run" }),
  (connection) => listRuns(connection, { filter: { scope: shared }, order: { field: "createdAt", direction: "DESC" }, page: first }),
  (connection) => countPerturbationResults({ connection, most: 10 }, { filter: { scope, success: true }, order }),
  (connection) => listScores(connection, { filter: { scope, modelId: "model", minimumConfidence: 0 }, page: after(0.5, "a") }),
  (connection) => countScores({ connection, most: null }, { scope, modelId: "model" }),
  (connection) => countScores({ connection, most: 10 }, { scope }),
  ...results.flatMap((filter): StatementCase["call"][] => [
    (connection) => listTrajectoryResults(connection, { filter, order, page: first }),
    (connection) => countTrajectoryResults({ connection, most: 10 }, { filter, order }),
    (connection) => listPerturbationResults(connection, { filter, order, page: first }),
    (connection) => countPerturbationResults({ connection, most: 10 }, { filter, order }),
    (connection) => countPerturbationResults({ connection, most: 10 }, { filter: { ...filter, success: false }, order }),
  ]),
];

export const listStatements: readonly StatementCase[] = [...elites, ...others.map((call) => ({ call }))];
