/** The list of imports as a file: its columns, and the GraphQL query for the same data. */
import type { ImportsQuery } from "../../graphql/generated/graphql.ts";
import type { CsvValue } from "../marks/csv.ts";

type Listed = ImportsQuery["imports"]["nodes"][number];

export const importsFile: Readonly<Record<string, (row: Listed) => CsvValue>> = {
  file: ({ fileName }) => fileName,
  bytes: ({ byteLength }) => byteLength,
  format: ({ format }) => format?.label ?? null,
  state: ({ state }) => state,
  runs: ({ runCount }) => runCount,
  experiments: ({ experiments }) => experiments.map(({ key }) => key).join(" "),
  handed_in: ({ createdAt }) => createdAt,
};

export const importsQuery = `{
  imports(first: 100) {
    nodes { id fileName byteLength format { label } state runCount experiments { key } createdAt }
    pageInfo { hasNextPage endCursor }
    totalCount
  }
}`;
