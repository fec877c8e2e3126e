/** The texts of the page of bulk queries. */
import type { BulkFormat, BulkQueryEntryFragment } from "../../graphql/generated/graphql.ts";
import type { CsvValue } from "../marks/csv.ts";
import { formatCount } from "../marks/numbers.ts";

export const formatLabels: Readonly<Record<BulkFormat, { readonly label: string; readonly note: string }>> = {
  JSONL: { label: "JSON lines", note: "an object on each line; the only format with lists inside the rows" },
  CSV: { label: "CSV", note: "for spreadsheets; a column for each value" },
  PARQUET: { label: "Parquet", note: "for pandas, Polars, DuckDB and R" },
};

export function describeProgress({ state, rows, answeredAt }: Pick<BulkQueryEntryFragment, "state" | "rows" | "answeredAt">): string {
  if (state === "QUEUED") return "Waiting";
  const counted = `${formatCount(rows)} ${rows === 1 ? "row" : "rows"}`;
  if (state !== "RUNNING") return counted;
  return answeredAt == null ? `Reading: ${counted} so far` : `Writing the file: ${counted}`;
}

export interface MarkedLine {
  /** From 1. */
  readonly line: number;
  readonly before: string;
  readonly marked: string;
  readonly after: string;
}

/** The line of a text in which the characters at fault start. Those after the line's end are marked as one space. */
export function markLine(text: string, { from, to }: { readonly from: number; readonly to: number }): MarkedLine {
  const start = text.lastIndexOf("\n", from - 1) + 1;
  const found = text.indexOf("\n", from);
  const end = found < 0 ? text.length : found;
  const last = Math.min(Math.max(to, from), end);
  return {
    line: text.slice(0, start).split("\n").length,
    before: text.slice(start, from),
    marked: text.slice(from, last) || " ",
    after: text.slice(last, end),
  };
}

/** Null for a text that is not a JSON object. */
export function parseVariables(text: string): Readonly<Record<string, unknown>> | null {
  if (text.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : null;
  } catch {
    return null;
  }
}

/** The columns of the list's file. */
export const bulkQueriesFile: Readonly<Record<string, (row: BulkQueryEntryFragment) => CsvValue>> = {
  key: ({ key }) => key,
  name: ({ name }) => name,
  format: ({ format }) => format,
  state: ({ state }) => state,
  rows: ({ rows }) => rows,
  bytes: ({ file }) => file?.byteLength ?? null,
  sha256: ({ file }) => file?.sha256 ?? null,
  failure: ({ failure }) => failure ?? null,
  requested: ({ createdAt }) => createdAt,
  expires: ({ expiresAt }) => expiresAt ?? null,
  query: ({ query }) => query,
};

export const bulkQueriesQuery = `{
  bulkQueries(first: 100) {
    nodes { id key name query variables format state rows failure createdAt endedAt expiresAt file { url sha256 byteLength } }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** Shown in the empty form. */
export const exampleQuery = `query ($experiment: ID!) {
  node(id: $experiment) {
    ... on Experiment {
      runs { nodes { id key state median tags { name } } }
    }
  }
}`;
