/** The GraphQL queries of the table with their variables, for users who want the same data from a program. */

import { recognitionFields } from "../people/recognitionCells.ts";

const value = (given: unknown): string => {
  if (Array.isArray(given)) return `[${given.map(value).join(", ")}]`;
  return JSON.stringify(given);
};

interface Listed {
  readonly search: string;
  readonly experimentId: string | null;
  readonly sort: { readonly column: string; readonly direction: string };
}

const experimentFilter = (experimentId: string | null) =>
  experimentId === null ? "" : `, filter: { experimentId: ${value(experimentId)} }`;

/** @param given `people`: whether the table shows what people say. */
export function runsQuery(given: Listed & { readonly columns: readonly string[]; readonly people?: boolean }): string {
  const { search, experimentId, sort, columns, people = false } = given;
  return `{
  runs(first: 100, search: ${value(search)}, orderBy: { column: ${value(sort.column)}, direction: ${sort.direction} }${experimentFilter(experimentId)}) {
    nodes { key cells(columns: ${value(columns)})${people ? ` ${recognitionFields}` : ""} }
    pageInfo { hasNextPage endCursor }
    totalCount
  }
}`;
}

export function groupsQuery(given: Listed & { readonly groupBy: readonly string[]; readonly measures: readonly string[] }): string {
  const { search, experimentId, sort, groupBy, measures } = given;
  return `{
  runGroups(first: 100, search: ${value(search)}, groupBy: ${value(groupBy)}, measures: ${value(measures)}, orderBy: { column: ${value(sort.column)}, direction: ${sort.direction} }${experimentFilter(experimentId)}) {
    nodes { search runCount outcomes { kind unit reachedMeans reached total } keys { column value } measures { column isInNines count mean deviation low high intervalReason } }
    pageInfo { hasNextPage endCursor }
    totalCount
  }
}`;
}
