/** The comments on a run or an experiment as a file: its columns, and the GraphQL query for the same data. */
import type { CommentEntryFragment } from "../../graphql/generated/graphql.ts";
import type { CsvValue } from "../marks/csv.ts";

export const commentsFile: Readonly<Record<string, (row: CommentEntryFragment) => CsvValue>> = {
  by: ({ author, sourceAuthor }) => author?.name ?? sourceAuthor ?? null,
  written: ({ createdAt }) => createdAt,
  edited: ({ editedAt }) => editedAt ?? null,
  text: ({ body }) => body,
};

/** @param key Of a run or an experiment. */
export function commentsQuery(key: string): string {
  const comments =
    "comments(first: 100) { nodes { author { name } sourceAuthor createdAt editedAt body } pageInfo { hasNextPage endCursor } }";
  return `{
  node(id: ${JSON.stringify(key)}) {
    ... on ${key.startsWith("EXP-") ? "Experiment" : "Run"} {
      ${comments}
    }
  }
}`;
}
