/** All runs that match a search as CSV, with their columns, whatever number the table shows. */
import type { Client, OperationResult } from "urql";
import { RunCellsDocument, type RunCellsQuery, type RunCellsQueryVariables } from "../../graphql/generated/graphql.ts";
import { type CsvValue, toCsv } from "../marks/csv.ts";
import { recognitionCells, recognitionColumns } from "../people/recognitionCells.ts";
import type { Sort } from "../views/listSort.ts";

export interface RunsToDownload {
  readonly search: string;
  readonly experimentId: string | null;
  readonly sort: Sort;
  readonly columns: readonly string[];
  /** Whether the file has columns with what people say. */
  readonly people: boolean;
}

const cell = (value: unknown): CsvValue => {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.join(" ");
  return typeof value === "number" || typeof value === "string" ? value : JSON.stringify(value);
};

/** @throws Error if a page cannot be loaded. */
export async function readRunsAsCsv(client: Client, { columns, sort: orderBy, ...list }: RunsToDownload): Promise<string> {
  const rows: CsvValue[][] = [];
  let after: string | null = null;
  do {
    const variables: RunCellsQueryVariables = { ...list, orderBy, columns: [...columns], after };
    const { data, error }: OperationResult<RunCellsQuery> = await client
      .query(RunCellsDocument, variables, { requestPolicy: "network-only" })
      .toPromise();
    if (data === undefined) throw new Error(error?.message ?? "The runs could not be loaded.");
    rows.push(
      ...data.runs.nodes.map(({ key, cells, recognition }) => [
        key,
        ...(cells ?? []).map(cell),
        ...(list.people ? recognitionCells(recognition ?? null) : []),
      ]),
    );
    after = data.runs.pageInfo.hasNextPage ? (data.runs.pageInfo.endCursor ?? null) : null;
  } while (after !== null);
  return toCsv(["run", ...columns, ...(list.people ? recognitionColumns : [])], rows);
}
