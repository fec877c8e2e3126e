/** The list of saved comparisons as a file: its columns, and the GraphQL query for the same data. */
import type { ListedComparisonFragment } from "../../graphql/generated/graphql.ts";
import type { CsvValue } from "../marks/csv.ts";

export const savedComparisonsFile: Readonly<Record<string, (row: ListedComparisonFragment) => CsvValue>> = {
  comparison: ({ key }) => key,
  title: ({ title }) => title,
  entries: ({ entries }) => entries.map(({ name }) => name).join(", "),
  runs: ({ entries }) => entries.flatMap(({ runs }) => runs.map(({ key }) => key)).join(" "),
  generation: ({ generation }) => generation ?? null,
  saved: ({ createdAt }) => createdAt,
  by: ({ createdBy }) => createdBy?.name ?? null,
};

export const savedComparisonsQuery = `{
  savedComparisons(first: 100) {
    nodes { key title generation createdAt createdBy { name } entries { name runs { key } } }
    pageInfo { hasNextPage endCursor }
    totalCount
  }
}`;
