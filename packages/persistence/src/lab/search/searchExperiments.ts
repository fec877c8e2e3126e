/** Lists experiments that match a search, in the order of any column. */
import { type CheckedSearch, mentions } from "@pareidolia/search/checkedSearch";
import { Prisma } from "../../generated/client.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { type OrderingColumn, type Page, type PageRequest, whereAll } from "../../server/database/keyset.ts";
import { liveExperiments } from "../../server/scope/live.ts";
import { type ExperimentRecord, selectExperimentsWith } from "../experiments/readExperiments.ts";
import { compileSearch } from "./compileSearch.ts";
import { experimentDialect, experimentSqlOf } from "./experimentColumns.ts";
import type { SearchReader } from "./fieldSql.ts";
import { type ColumnOrder, positionTypes, type Sorted, selectSorted, sortKey } from "./sortedPage.ts";

export interface ExperimentSearch {
  readonly reader: SearchReader;
  /** Null matches every experiment. */
  readonly search: CheckedSearch | null;
}

/** Experiments in the trash are never found, and archived ones only if the search says so. */
function searchConditions({ reader, search }: ExperimentSearch): Prisma.Sql[] {
  const conditions = [Prisma.sql`e.workspace_id = ${reader.scope.workspaceId}`, Prisma.sql`e.trashed_at IS NULL`];
  if (!mentions(search, "archived")) conditions.push(Prisma.sql`e.archived_at IS NULL`);
  if (search !== null) conditions.push(compileSearch(search, experimentDialect(reader)));
  return conditions;
}

/** The types of a position in the list. */
export function experimentPositionTypes(order: ColumnOrder, reader: SearchReader): readonly OrderingColumn["type"][] {
  return positionTypes(order.field, experimentSqlOf(order.field, reader));
}

export function listSearchedExperiments(
  connection: Connection,
  input: ExperimentSearch & { readonly order: ColumnOrder; readonly page: PageRequest },
): Promise<Page<ExperimentRecord>> {
  const key = sortKey(
    { ...input.order.field, direction: input.order.direction },
    experimentSqlOf(input.order.field, input.reader),
    Prisma.sql`e.id`,
  );
  return selectSorted<ExperimentRecord & Sorted, ExperimentRecord>(connection, {
    statement: ({ conditions, order }) =>
      Prisma.sql`${selectExperimentsWith(Prisma.sql`${key.value} AS "sortValue",`)} ${whereAll([...searchConditions(input), ...conditions])} ${order}`,
    key,
    page: input.page,
    toRow: (row) => row,
  });
}

export function countSearchedExperiments(request: CountRequest, search: ExperimentSearch): Promise<number> {
  return countRows(request, Prisma.sql`FROM ${liveExperiments} e`, searchConditions(search));
}
