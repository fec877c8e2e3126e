/** All experiments that match a search as CSV, whatever number the table shows, and the GraphQL query for the same data. */
import type { Client } from "urql";
import { loadAllPages } from "../../graphql/client/allPages.ts";
import { ExperimentsToDownloadDocument } from "../../graphql/generated/graphql.ts";
import { toCsv } from "../marks/csv.ts";
import type { Sort } from "../views/listSort.ts";

interface Listed {
  readonly search: string;
  readonly sort: Sort;
}

/** @throws Error if a page cannot be loaded. */
export async function readExperimentsAsCsv(client: Client, { search, sort }: Listed): Promise<string> {
  const pages = await loadAllPages(async (after) => {
    const { data, error } = await client
      .query(ExperimentsToDownloadDocument, { search, sort, after }, { requestPolicy: "network-only" })
      .toPromise();
    return { page: data?.experiments, error };
  });
  if ("error" in pages) throw new Error(pages.error);
  return toCsv(
    ["experiment", "name", "state", "runs", "models", "encodings", "tags", "visibility", "by", "created", "updated", "archived"],
    pages.nodes.map((row) => [
      row.key,
      row.name,
      row.state ?? null,
      row.runCount,
      row.modelNames.join(", "),
      row.encodings.join(" "),
      row.tags.map(({ name }) => name).join(" "),
      row.visibility,
      row.createdBy?.name ?? null,
      row.createdAt,
      row.updatedAt,
      row.archivedAt ?? null,
    ]),
  );
}

export const experimentsQuery = ({ search, sort }: Listed): string => `{
  experiments(first: 100, search: ${JSON.stringify(search)}, sort: { column: ${JSON.stringify(sort.column)}, direction: ${sort.direction} }) {
    nodes { key name state runCount modelNames encodings tags { name } createdAt updatedAt }
    pageInfo { hasNextPage endCursor }
    totalCount
  }
}`;
