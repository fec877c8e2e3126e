/** The list of tags as a file: its columns, and the GraphQL query for the same data. */
import type { TagRowFragment } from "../../graphql/generated/graphql.ts";
import type { CsvValue } from "../marks/csv.ts";

export const tagsFile: Readonly<Record<string, (tag: TagRowFragment) => CsvValue>> = {
  tag: ({ name }) => name,
  runs: ({ runCount }) => runCount,
  experiments: ({ experimentCount }) => experimentCount,
  created: ({ createdAt }) => createdAt,
};

export const tagsQuery = `{
  tags(first: 100) {
    nodes { name runCount experimentCount createdAt }
    pageInfo { hasNextPage endCursor }
    totalCount
  }
}`;
