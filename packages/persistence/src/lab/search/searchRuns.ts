/** Lists runs that match a search, in the order of any column. */
import { type CheckedSearch, mentions } from "@pareidolia/search/checkedSearch";
import type { SearchField } from "@pareidolia/search/fields/field";
import { Prisma } from "../../generated/client.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { inOrderOf } from "../../server/database/inOrderOf.ts";
import { type OrderingColumn, type Page, type PageRequest, whereAll } from "../../server/database/keyset.ts";
import { liveRuns } from "../../server/scope/live.ts";
import { conditionsOfRuns, type RunListFilter, type RunRecord, type RunRow, selectRunsWith, toRunRecord } from "../runs/readRuns.ts";
import { compileSearch } from "./compileSearch.ts";
import type { SearchReader } from "./fieldSql.ts";
import { runDialect, runSqlOf } from "./runColumns.ts";
import { type ColumnOrder, positionTypes, type Sorted, selectSorted, sortKey } from "./sortedPage.ts";

export interface RunSearch {
  /** Its scope is the reader's. */
  readonly filter: Omit<RunListFilter, "scope">;
  readonly reader: SearchReader;
  /** Null matches every run. */
  readonly search: CheckedSearch | null;
}

/** FROM clause of all searches for runs. A left join although every run has a model: Postgres skips it unless a column is read. */
export const fromRuns = Prisma.sql`FROM ${liveRuns} r LEFT JOIN models m ON m.id = r.model_id`;

/** Runs in the trash are never found, and archived ones only if the search says so. */
export function searchConditions({ filter, reader, search }: RunSearch): Prisma.Sql[] {
  const conditions = [...conditionsOfRuns({ ...filter, scope: reader.scope }), Prisma.sql`r.trashed_at IS NULL`];
  if (!mentions(search, "archived")) conditions.push(Prisma.sql`r.archived_at IS NULL`);
  if (search !== null) conditions.push(compileSearch(search, runDialect(reader)));
  return conditions;
}

/** The types of a position in the list. */
export function runPositionTypes(order: ColumnOrder, reader: SearchReader): readonly OrderingColumn["type"][] {
  return positionTypes(order.field, runSqlOf(order.field, reader));
}

export function listSearchedRuns(
  connection: Connection,
  input: RunSearch & { readonly order: ColumnOrder; readonly page: PageRequest },
): Promise<Page<RunRecord>> {
  const key = sortKey(
    { ...input.order.field, direction: input.order.direction },
    runSqlOf(input.order.field, input.reader),
    Prisma.sql`r.id`,
  );
  return selectSorted<RunRow & Sorted, RunRecord>(connection, {
    statement: ({ conditions, order }) =>
      Prisma.sql`${selectRunsWith(Prisma.sql`${key.value} AS "sortValue",`)} ${whereAll([...searchConditions(input), ...conditions])} ${order}`,
    key,
    page: input.page,
    toRow: toRunRecord,
  });
}

export function countSearchedRuns(request: CountRequest, search: RunSearch): Promise<number> {
  return countRows(request, fromRuns, searchConditions(search));
}

/** A cell of a table: what a run has in a column. */
export type Cell = string | number | boolean | readonly string[] | null;

/** What runs of the reader's workspace have in columns: a row of cells for each run, null for a run elsewhere. */
export async function findRunCells(
  connection: Connection,
  {
    reader,
    runIds,
    fields,
  }: { readonly reader: SearchReader; readonly runIds: readonly string[]; readonly fields: readonly SearchField[] },
): Promise<(readonly Cell[] | null)[]> {
  const cells = fields.map((field) => {
    const { cell, value } = runSqlOf(field, reader);
    return Prisma.sql`to_jsonb(${cell ?? value})`;
  });
  const rows = await connection.$queryRaw<{ id: string; cells: readonly Cell[] }[]>(Prisma.sql`
    SELECT r.id, to_jsonb(ARRAY[${Prisma.join(cells)}]::jsonb[]) AS cells ${fromRuns}
    WHERE r.id = ANY (${[...runIds]}) AND r.workspace_id = ${reader.scope.workspaceId}`);
  return inOrderOf(runIds, rows, ({ id }) => id).map((row) => row?.cells ?? null);
}
