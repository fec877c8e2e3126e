/** The GraphQL queries of the table with their variables, for users who want the same data from a program. */

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

export function runsQuery({ search, experimentId, sort, columns }: Listed & { readonly columns: readonly string[] }): string {
  return `{
  runs(first: 100, search: ${value(search)}, sort: { column: ${value(sort.column)}, direction: ${sort.direction} }${experimentFilter(experimentId)}) {
    nodes { key cells(columns: ${value(columns)}) }
    pageInfo { hasNextPage endCursor }
    totalCount
  }
}`;
}

export function groupsQuery(given: Listed & { readonly groupBy: readonly string[]; readonly measures: readonly string[] }): string {
  const { search, experimentId, sort, groupBy, measures } = given;
  const experiment = experimentId === null ? "" : `, experimentId: ${value(experimentId)}`;
  return `{
  runGroups(first: 100, search: ${value(search)}${experiment}, groupBy: ${value(groupBy)}, measures: ${value(measures)}, sort: { column: ${value(sort.column)}, direction: ${sort.direction} }) {
    nodes { search runCount outcomes { kind unit reachedMeans reached total } keys { column value } measures { column isInNines count mean deviation low high intervalReason } }
    pageInfo { hasNextPage endCursor }
    totalCount
  }
}`;
}
