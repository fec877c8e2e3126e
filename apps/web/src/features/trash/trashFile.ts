/** The trash as a file: its columns, and the GraphQL query for the same data. */
import type { TrashItemFragment } from "../../graphql/generated/graphql.ts";
import type { CsvValue } from "../marks/csv.ts";

export const trashFile: Readonly<Record<string, (item: TrashItemFragment) => CsvValue>> = {
  key: ({ key }) => key,
  subject: ({ subject }) => subject,
  name: ({ name }) => name ?? null,
  kind: ({ kind }) => kind ?? null,
  state: ({ state }) => state ?? null,
  model: ({ modelName }) => modelName ?? null,
  experiment: ({ experimentKey }) => experimentKey ?? null,
  runs: ({ runCount }) => runCount,
  trashed: ({ trashedAt }) => trashedAt,
  by: ({ trashedBy }) => trashedBy?.name ?? null,
  deleted_after: ({ deletedAfter }) => deletedAfter ?? null,
};

export const trashQuery = `{
  trash(first: 100) {
    nodes { key subject name kind state modelName experimentKey runCount trashedAt trashedBy { name } deletedAfter }
    pageInfo { hasNextPage endCursor }
    totalCount
  }
}`;
