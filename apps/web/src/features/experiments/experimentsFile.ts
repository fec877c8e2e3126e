/** The list of experiments as a file: its columns, and the GraphQL query for the same data. */
import type { ExperimentsToDownloadQuery } from "../../graphql/generated/graphql.ts";
import type { CsvValue } from "../marks/csv.ts";
import type { Sort } from "../views/listSort.ts";

type Row = ExperimentsToDownloadQuery["experiments"]["nodes"][number];

export const experimentsFile: Readonly<Record<string, (row: Row) => CsvValue>> = {
  experiment: ({ key }) => key,
  name: ({ name }) => name,
  state: ({ state }) => state ?? null,
  runs: ({ runCount }) => runCount,
  models: ({ modelNames }) => modelNames.join(", "),
  encodings: ({ encodings }) => encodings.join(" "),
  tags: ({ tags }) => tags.map(({ name }) => name).join(" "),
  visibility: ({ visibility }) => visibility,
  by: ({ createdBy }) => createdBy?.name ?? null,
  created: ({ createdAt }) => createdAt,
  updated: ({ updatedAt }) => updatedAt,
  archived: ({ archivedAt }) => archivedAt ?? null,
};

export const experimentsQuery = ({ search, sort }: { readonly search: string; readonly sort: Sort }): string => `{
  experiments(first: 100, search: ${JSON.stringify(search)}, orderBy: { column: ${JSON.stringify(sort.column)}, direction: ${sort.direction} }) {
    nodes { key name state runCount modelNames encodings tags { name } createdAt updatedAt }
    pageInfo { hasNextPage endCursor }
    totalCount
  }
}`;
