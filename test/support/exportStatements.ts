/** Calls of the functions of persistence that send raw SQL about exports. */

import * as results from "@pareidolia/persistence/files/exports/exportResults";
import { type ExportSelection, selectExport } from "@pareidolia/persistence/files/exports/exportSelection";
import { readRows } from "@pareidolia/persistence/files/exports/exportSnapshot";
import * as tables from "@pareidolia/persistence/files/exports/exportTables";
import { claimExport, reportExport, requeueExports } from "@pareidolia/persistence/files/exports/exportWork";
import { countExports, findExports, findExportsByNumber, listExports } from "@pareidolia/persistence/files/exports/readExports";
import { cancelExport } from "@pareidolia/persistence/files/exports/writeExports";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import { openScope } from "@pareidolia/persistence/server/scope/openScope";
import type { StatementCase } from "./statementCase.ts";

const scope = openScope("workspace");
const claim = { id: "export", claimToken: "token" };
const selection: ExportSelection = {
  workspaceId: "workspace",
  workspaceName: "Lab",
  isWorkspace: true,
  experiments: ["experiment"],
  sweeps: ["sweep"],
  models: ["model"],
  runs: ["run"],
};

const queries = [
  tables.exportTags,
  tables.exportExperiments,
  tables.exportSweeps,
  tables.exportRungDecisions,
  tables.exportModels,
  tables.exportRuns,
  tables.exportComments,
  tables.exportKeys,
  tables.exportCredits,
  results.exportImages,
  results.exportGenerations,
  results.exportStepHashes,
  results.exportElites,
  results.exportTrajectories,
  results.exportMilestones,
  results.exportRungResults,
  results.exportCheckpoints,
  results.exportPerturbations,
  results.exportChains,
  results.exportLinks,
  results.exportLinkElites,
  results.exportImportedImages,
  results.exportScores,
  results.exportGenomeObjects,
  results.exportFiles,
  (chosen: ExportSelection) => results.exportGenomes(chosen, true),
  (chosen: ExportSelection) => results.exportGenomes(chosen, false),
];

async function read(connection: Connection, query: (typeof queries)[number]): Promise<void> {
  for await (const _ of readRows(connection, query(selection)));
}

const page = { limit: 2, backward: false, after: [7], before: null } as const;
const subject = { workspaceId: "workspace", runId: "run", experimentId: "experiment" };

export const exportStatements: readonly StatementCase[] = [
  { call: (connection) => findExports(connection, ["a", "b"]) },
  { call: (connection) => findExportsByNumber(connection, { scope, numbers: [1] }) },
  { call: (connection) => listExports(connection, { scope, runId: "run", experimentId: "experiment" }, page) },
  { call: (connection) => countExports({ connection, most: 10 }, { scope, runId: "run", experimentId: "experiment" }) },
  { call: (connection) => claimExport(connection, "export") },
  { call: (connection) => reportExport(connection, claim, { done: 1, total: 2 }) },
  { call: (_connection, transaction) => requeueExports(transaction) },
  { rows: [{ state: "QUEUED" }], call: (_connection, transaction) => cancelExport(transaction, "export") },
  ...(["run", "experiment", "workspace"] as const).map(
    (kind): StatementCase => ({
      rows: [{ id: "id", name: "Lab" }],
      call: (connection) => selectExport(connection, { ...subject, subject: kind }, true),
    }),
  ),
  ...queries.map((query): StatementCase => ({ call: (connection) => read(connection, query) })),
];
