/** Calls of every persistence function that sends raw SQL for comparisons and saved comparisons. */
import * as comparison from "@pareidolia/persistence/lab/comparisons/readComparison";
import { readPerturbationGrid, readTrajectoryGrid } from "@pareidolia/persistence/lab/comparisons/readResultGrid";
import * as savedComparisons from "@pareidolia/persistence/lab/savedComparisons/readSavedComparisons";
import { lockSavedComparison } from "@pareidolia/persistence/lab/savedComparisons/writeSavedComparisons";
import { openScope } from "@pareidolia/persistence/server/scope/openScope";
import type { StatementCase } from "./statementCase.ts";

const runs = { runIds: ["a", "b"], generations: [3, 2], entries: [0, 1] };

const scope = openScope("w");
const page = { limit: 25, backward: false, after: null, before: null };

const calls: readonly StatementCase["call"][] = [
  (connection) => comparison.readMedians(connection, { runIds: ["a"], generations: [0, 3] }),
  (connection) => comparison.readFirstReached(connection, { runIds: ["a"], confidence: 0.9999 }),
  (connection) => comparison.readMediansAt(connection, runs),
  (connection) => comparison.readFooling(connection, runs),
  (connection) => comparison.readQuartiles(connection, runs),
  (connection) => readTrajectoryGrid(connection, runs),
  (connection) => readPerturbationGrid(connection, runs),
  (connection) => comparison.readGrid(connection, { ...runs, rows: [0, 0], niches: [1, 2] }),
  (connection) => savedComparisons.listSavedComparisons(connection, { scope, page }),
  (connection) => savedComparisons.countSavedComparisons({ connection, most: 10 }, scope),
  (connection) => savedComparisons.findSavedComparisons(connection, ["a"]),
  (connection) => savedComparisons.findSavedComparisonsByNumber(connection, scope, [1]),
  (connection) => savedComparisons.findDeletedComparison(connection, "a", new Date(0)),
  (connection) => lockSavedComparison(connection, "a"),
];

export const comparisonStatements: readonly StatementCase[] = calls.map((call) => ({ call }));
