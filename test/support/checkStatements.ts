/** Calls of the functions of persistence that send raw SQL for checks of stored rows. */
import { findDerivedDifferences, findDerivedDifferencesOfRun } from "@pareidolia/persistence/integrity/derivedColumns";
import { findBrokenSeals } from "@pareidolia/persistence/integrity/sealedColumns";
import { listLiveRuns } from "@pareidolia/persistence/lab/runs/listLiveRuns";
import { listDecisions, listRungResults, listRunsOfSweep, listSweepsToCheck } from "@pareidolia/persistence/lab/sweeps/readForCheck";
import { findStoredVotes, listOpenedStudies } from "@pareidolia/persistence/studies/studies/listOpened";
import type { StatementCase } from "./statementCase.ts";

export const checkStatements: readonly StatementCase[] = [
  { call: (connection) => findBrokenSeals(connection) },
  { call: (connection) => findDerivedDifferences(connection) },
  { call: (connection) => findDerivedDifferencesOfRun(connection, "run") },
  { call: (connection) => listLiveRuns(connection).next() },
  { call: (connection) => listOpenedStudies(connection) },
  { call: (connection) => findStoredVotes(connection, { studyId: "study", numbers: [1] }) },
  { call: (connection) => listSweepsToCheck(connection) },
  { call: (connection) => listRunsOfSweep(connection, "sweep") },
  { call: (connection) => listRungResults(connection, { sweepId: "sweep", generations: [3] }) },
  { call: (connection) => listDecisions(connection, "sweep") },
];
