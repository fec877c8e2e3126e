/** What an import would make of a file, as a document that the page shows before anything is written. */
import { boolean, dictionary, integer, list, number, oneOf, record, type ShapeValue, text } from "@pareidolia/core/documentShape";
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
});
export type ImportPreview = ShapeValue<typeof importPreviewShape>;
export type PreviewedRun = ShapeValue<typeof previewedRunShape>;

const mostRuns = 50;
const mostNames = 40;
const mostNotices = 100;
const longestValue = 200;

const shorten = (content: string): string => (content.length > longestValue ? `${content.slice(0, longestValue - 1)}…` : content);

function first<T>(entries: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(entries)
      .slice(0, mostNames)
      .map(([name, value]) => [shorten(name), typeof value === "string" ? (shorten(value) as T) : value]),
  );
}

function previewRun({ sourceKey, name, state, sourceState, parameters, metrics, tags, imageCount, curve }: ForeignRun): PreviewedRun {
  return {
    key: sourceKey,
    name,
    state: sourceState === "" ? state : sourceState,
    parameters: first(parameters) as PreviewedRun["parameters"],
    metrics: first(metrics),
    tags: tags.slice(0, mostNames).map(shorten),
    imageCount,
    hasCurve: curve.length > 0,
  };
}

/** Name of the file without folders and endings, for the experiment. */
export function experimentNameOf(fileName: string): string {
  const base = fileName.split(/[\\/]/).at(-1) ?? "";
  const name = base.replace(/(\.(zip|npz|npy|csv|parquet))+$/i, "").trim();
  return (name === "" ? "Import" : name).slice(0, 120);
}

export function describeForeign(data: ForeignData, fileName: string): ImportPreview {
  return {
    format: data.format,
    runCount: data.runs.length,
    imageCount: data.runs.reduce((sum, { imageCount }) => sum + imageCount, 0),
    runs: data.runs.slice(0, mostRuns).map(previewRun),
    columns: (data.columns ?? []).map((column) => ({ ...column, first: column.first.map(shorten) })),
    warnings: data.warnings.slice(0, mostNotices).map(shorten),
    skipped: data.skipped.slice(0, mostNotices).map(({ what, reason }) => ({ what: shorten(what), reason: shorten(reason) })),
    skippedCount: data.skipped.length,
    unmapped: data.unmapped.slice(0, mostNotices).map(shorten),
    unmappedCount: data.unmapped.length,
    experimentName: experimentNameOf(fileName),
  };
}
