/** What an import would make of a file, as a document that the page shows before anything is written. */
import { boolean, dictionary, integer, list, number, oneOf, optional, record, type ShapeValue, text } from "@pareidolia/core/documentShape";
import { columnRoles } from "./columnRoles.ts";
import { type ForeignData, type ForeignRun, foreignFormats } from "./foreignData.ts";

const columnShape = record({
  column: text,
  role: oneOf(columnRoles),
  /** Of the parameter, metric or tag; otherwise the column's. */
  name: text,
  /** The cells of the first rows. */
  first: list(text),
});
const value = (given: unknown, path: string): string | number | boolean | null =>
  typeof given === "number" || typeof given === "boolean" || given === null ? given : text(given, path);
const previewedRunShape = record({
  key: text,
  name: text,
  state: text,
  parameters: dictionary(value),
  metrics: dictionary(number),
  tags: list(text),
  imageCount: integer,
  hasCurve: boolean,
});
const skippedShape = record({ what: text, reason: text });

export const importPreviewShape = record({
  format: oneOf(foreignFormats),
  runCount: integer,
  imageCount: integer,
  /** The first. */
  runs: list(previewedRunShape),
  /** Of a table of runs; empty for other files. */
  columns: list(columnShape),
  warnings: list(text),
  /** The first, and the number of all. */
  skipped: list(skippedShape),
  skippedCount: integer,
  unmapped: list(text),
  unmappedCount: integer,
  /** Name that a new experiment is given. */
  experimentName: text,
  /** Of an export of this product: what it is an export of, and where it was made; null for other files. */
  origin: optional(
    record({
      subject: oneOf(["run", "experiment", "workspace"]),
      workspace: text,
      key: optional(text),
      /** Names of the first experiments that it restores, and the number of all; none in the export of a run. */
      experiments: list(text),
      experimentCount: integer,
      /** Of the files of networks that come with it. */
      networkBytes: integer,
    }),
  ),
});
export type ImportPreview = ShapeValue<typeof importPreviewShape>;
export type PreviewedRun = ShapeValue<typeof previewedRunShape>;

const maxRuns = 50;
const maxNames = 40;
const maxNotices = 100;
const maxValueLength = 200;

const shorten = (content: string): string => (content.length > maxValueLength ? `${content.slice(0, maxValueLength - 1)}…` : content);

function first<T>(entries: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(entries)
      .slice(0, maxNames)
      .map(([name, value]) => [shorten(name), typeof value === "string" ? (shorten(value) as T) : value]),
  );
}

function previewRun({
  sourceKey,
  name,
  state,
  sourceState,
  parameters,
  metrics,
  tags,
  imageCount,
  curve,
  histories,
}: ForeignRun): PreviewedRun {
  return {
    key: sourceKey,
    name,
    state: sourceState === "" ? state : sourceState,
    parameters,
    metrics,
    tags,
    imageCount,
    hasCurve: curve.length > 0 || histories !== undefined,
  };
}

/** Name of the file without folders and endings, for the experiment. */
export function experimentNameOf(fileName: string): string {
  const base = fileName.split(/[\\/]/).at(-1) ?? "";
  const name = base.replace(/(\.(zip|npz|npy|csv|parquet))+$/i, "").trim();
  return (name === "" ? "Import" : name).slice(0, 120);
}

/** Keeps what the page shows. */
export function shortened({
  format,
  runs,
  warnings,
  skipped,
  unmapped,
  columns,
}: Pick<ImportPreview, "format" | "runs" | "warnings" | "skipped" | "unmapped" | "columns">): Omit<
  ImportPreview,
  "imageCount" | "experimentName" | "origin"
> {
  return {
    format,
    runCount: runs.length,
    runs: runs.slice(0, maxRuns).map((run) => ({
      ...run,
      parameters: first(run.parameters),
      metrics: first(run.metrics),
      tags: run.tags.slice(0, maxNames).map(shorten),
    })),
    columns: columns.map((column) => ({ ...column, first: column.first.map(shorten) })),
    warnings: warnings.slice(0, maxNotices).map(shorten),
    skipped: skipped.slice(0, maxNotices).map(({ what, reason }) => ({ what: shorten(what), reason: shorten(reason) })),
    skippedCount: skipped.length,
    unmapped: unmapped.slice(0, maxNotices).map(shorten),
    unmappedCount: unmapped.length,
  };
}

export function describeForeign(data: ForeignData, fileName: string): ImportPreview {
  const { format, warnings, skipped, unmapped, columns = [] } = data;
  return {
    ...shortened({ format, runs: data.runs.map(previewRun), warnings, skipped, unmapped, columns }),
    imageCount: data.runs.reduce((sum, { imageCount }) => sum + imageCount, 0),
    experimentName: experimentNameOf(fileName),
    origin: null,
  };
}
