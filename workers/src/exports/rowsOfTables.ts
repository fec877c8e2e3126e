/** The statement with the rows of each table of a bundle, and how rows of the database become rows of the bundle. */
import type { BundlePart } from "@pareidolia/exchange/bundleManifest";
import { checkRow, type RowCounts } from "@pareidolia/exchange/bundleRow";
import type { RowOf, TableName } from "@pareidolia/exchange/bundleTables";
import * as results from "@pareidolia/persistence/files/exports/exportResults";
import type { ExportSelection } from "@pareidolia/persistence/files/exports/exportSelection";
import type { ExportedRow, readRows } from "@pareidolia/persistence/files/exports/exportSnapshot";
import * as tables from "@pareidolia/persistence/files/exports/exportTables";

type Query = Parameters<typeof readRows>[1];

/** Each returns null for a table that the chosen parts leave out. */
export const queryOfTable: { readonly [Name in TableName]: (selection: ExportSelection, parts: readonly BundlePart[]) => Query | null } = {
  tags: tables.exportTags,
  experiments: tables.exportExperiments,
  sweeps: tables.exportSweeps,
  models: tables.exportModels,
  runs: tables.exportRuns,
  rung_decisions: tables.exportRungDecisions,
  rung_results: results.exportRungResults,
  comments: tables.exportComments,
  images: results.exportImages,
  generations: results.exportGenerations,
  step_hashes: results.exportStepHashes,
  genomes: (selection, parts) => results.exportGenomes(selection, parts.includes("genomes")),
  elites: results.exportElites,
  trajectories: results.exportTrajectories,
  milestones: results.exportMilestones,
  checkpoints: results.exportCheckpoints,
  perturbations: results.exportPerturbations,
  chains: results.exportChains,
  links: results.exportLinks,
  link_elites: results.exportLinkElites,
  imported_images: results.exportImportedImages,
  scores: (selection, parts) => (parts.includes("scores") ? results.exportScores(selection) : null),
  keys: tables.exportKeys,
  credits: tables.exportCredits,
};

/** Tables whose rows in the database have other columns. */
const ownColumns: { readonly [Name in TableName]?: (row: ExportedRow) => ExportedRow } = {
  perturbations: ({ stored_original_bytes: bytes, stored_searched_confidence: known, ...row }) => ({
    ...row,
    stored_searched_confidence: known ?? (bytes instanceof Uint8Array ? Buffer.from(bytes).readFloatLE(0) : null),
  }),
};

/** @throws AppError CORRUPT_DATA for a row that an import would refuse. */
export function bundleRow<Name extends TableName>(name: Name, row: ExportedRow, number: number, counts: RowCounts): RowOf<Name> {
  const columns = ownColumns[name]?.(row) ?? row;
  const values = Object.fromEntries(Object.entries(columns).map(([column, value]) => [column, toJson(value)]));
  return checkRow(name, values, `row ${number} of ${name}`, counts);
}

function toJson(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  return value;
}
