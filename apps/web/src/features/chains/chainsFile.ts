/** The list of chains as a file: its columns, and the GraphQL query for the same data. */
import type { ChainSummaryFragment } from "../../graphql/generated/graphql.ts";
import type { CsvValue } from "../marks/csv.ts";

export const chainsFile: Readonly<Record<string, (row: ChainSummaryFragment) => CsvValue>> = {
  run: ({ run }) => run.key,
  name: ({ name }) => name,
  data_set: ({ dataset }) => dataset.label,
  retrainings: ({ iterations }) => iterations,
  state: ({ run }) => run.state,
  progress: ({ run }) => run.progress,
  created: ({ createdAt }) => createdAt,
};

export const chainsQuery = `{
  chains(first: 100) {
    nodes { name iterations createdAt dataset { label } run { key state progress } links { iteration testError medianConfidence foolingShare } }
    pageInfo { hasNextPage endCursor }
    totalCount
  }
}`;
