/** What the pages say about exports. */
import type { ExportFormat, ExportOnPageFragment, ExportPart } from "../../graphql/generated/graphql.ts";
import type { CsvValue } from "../marks/csv.ts";
import { formatCount } from "../marks/numbers.ts";

export const partLabels: Readonly<Record<ExportPart, { readonly label: string; readonly note: string }>> = {
  IMAGES: { label: "Images", note: "every image as a PNG file" },
  GENOMES: { label: "Genomes", note: "their bytes, from which images can be drawn again" },
  SCORES: { label: "Scores", note: "confidences of all networks that scored these images" },
  MODELS: { label: "Networks", note: "files of uploaded and retrained networks" },
};

export const formatLabels: Readonly<Record<ExportFormat, { readonly label: string; readonly note: string }>> = {
  JSON_LINES: { label: "JSON lines", note: "the format that can be imported again" },
  CSV: { label: "CSV", note: "for spreadsheets; cells cannot run as formulas" },
  PARQUET: { label: "Parquet", note: "for pandas, Polars, DuckDB and R" },
};

export const allParts = Object.keys(partLabels) as readonly ExportPart[];
export const allFormats = Object.keys(formatLabels) as readonly ExportFormat[];

/** `All parts as CSV and Parquet`, `Tables only as CSV`. */
export function describeChoice({ parts, formats }: Pick<ExportOnPageFragment, "parts" | "formats">): string {
  const join = (names: readonly string[]): string =>
    names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
  const chosen = allParts.filter((part) => parts.includes(part)).map((part) => partLabels[part].label.toLowerCase());
  const what = parts.length === allParts.length ? "All parts" : chosen.length === 0 ? "Tables only" : `Tables with ${join(chosen)}`;
  return `${what} as ${join(allFormats.filter((format) => formats.includes(format)).map((format) => formatLabels[format].label))}`;
}

/** `1,204 rows in 70 files`; empty until the export is made. */
export function describeSize({ rowCount, fileCount }: Pick<ExportOnPageFragment, "rowCount" | "fileCount">): string {
  if (rowCount == null || fileCount == null) return "";
  return `${formatCount(rowCount)} ${rowCount === 1 ? "row" : "rows"} in ${formatCount(fileCount)} ${fileCount === 1 ? "file" : "files"}`;
}

/** `the workspace` or the key. */
export function nameOfSubject({ subject, subjectKey }: Pick<ExportOnPageFragment, "subject" | "subjectKey">): string {
  return subject === "WORKSPACE" ? "the workspace" : (subjectKey ?? subject.toLowerCase());
}

/** Text and share of a job's progress: rows are counted first, then everything is written. */
export function describeProgress({ state, done, total }: Pick<ExportOnPageFragment, "state" | "done" | "total">): {
  readonly text: string;
  /** From 0 to 1. */
  readonly share: number;
} {
  if (state === "QUEUED") return { text: "Waiting for a worker", share: 0 };
  if (total == null) return { text: `Reading rows: ${formatCount(done)} so far`, share: 0 };
  return {
    text: `Writing: ${formatCount(done)} of ${formatCount(total)} rows and files`,
    share: total === 0 ? 0 : Math.min(1, done / total),
  };
}

/** The columns of a list of exports as a file. */
export const exportsFile: Readonly<Record<string, (row: ExportOnPageFragment) => CsvValue>> = {
  key: ({ key }) => key,
  subject: nameOfSubject,
  state: ({ state }) => state,
  rows: ({ rowCount }) => rowCount ?? null,
  files: ({ fileCount }) => fileCount ?? null,
  bytes: ({ byteLength }) => byteLength ?? null,
  sha256: ({ sha256 }) => sha256 ?? null,
  same_content_as: ({ sameContentAs }) => sameContentAs ?? null,
  requested: ({ createdAt }) => createdAt,
  expires: ({ expiresAt }) => expiresAt ?? null,
};

/** The GraphQL query for the exports of a subject, or of all. */
export function exportsQuery(of: { readonly type: "Run" | "Experiment"; readonly key: string } | null): string {
  const list =
    "exports(first: 50) { nodes { key subject subjectKey state rowCount fileCount byteLength sha256 sameContentAs createdAt expiresAt url } }";
  return of === null ? `{\n  ${list}\n}` : `{\n  node(id: "${of.key}") {\n    ... on ${of.type} {\n      ${list}\n    }\n  }\n}`;
}
