/** Calls of the functions of persistence that send raw SQL for comparisons of runs. */
import * as comparison from "@pareidolia/persistence/comparisons/readComparison";
import { readPerturbationGrid, readTrajectoryGrid } from "@pareidolia/persistence/comparisons/readResultGrid";
import type { StatementCase } from "./statementCase.ts";

const runs = { runIds: ["a", "b"], generations: [3, 2], entries: [0, 1] };

const calls: readonly StatementCase["call"][] = [
  (connection) => comparison.readMedians(connection, { runIds: ["a"], generations: [0, 3] }),
  (connection) => comparison.readFirstReached(connection, { runIds: ["a"], confidence: 0.9999 }),
  (connection) => comparison.readMediansAt(connection, runs),
  (connection) => comparison.readFooling(connection, runs),
  (connection) => comparison.readQuartiles(connection, runs),
  (connection) => readTrajectoryGrid(connection, runs),
  (connection) => readPerturbationGrid(connection, runs),
  (connection) => comparison.readGrid(connection, { ...runs, rows: [0, 0], niches: [1, 2] }),
];

export const comparisonStatements: readonly StatementCase[] = calls.map((call) => ({ call }));
