/**
 * A page of a list in the order of any column, rows without a value last in both directions. The place of a row in the list is whether it
 * has a value, the value, and the row's id; for keyset pagination, a missing value counts as the least.
 */
import type { SearchField } from "@pareidolia/search/fields/field";
import type { Connection } from "../database/database.ts";
import {
  type Direction,
  type Ordering,
  type OrderingColumn,
  type Page,
  type PageRequest,
  type Position,
  selectPage,
} from "../database/keyset.ts";
import { Prisma } from "../generated/client.ts";
import type { FieldSql } from "./fieldSql.ts";

export interface ColumnOrder {
  readonly field: SearchField;
  readonly direction: Direction;
}

type SortValue = Date | number | string | null;

/** What a row has besides its own columns. */
export interface Sorted {
  readonly sortValue: SortValue;
}

type Ordered = Exclude<FieldSql["type"], "boolean">;

/** A value that a missing one counts as; JavaScript's and SQL's are equal. */
const least: Readonly<Record<Ordered, { readonly sql: Prisma.Sql; readonly value: string | number }>> = {
  integer: { sql: Prisma.sql`0`, value: 0 },
  "double precision": { sql: Prisma.sql`0::double precision`, value: 0 },
  text: { sql: Prisma.sql`''`, value: "" },
  timestamptz: { sql: Prisma.sql`'epoch'::timestamptz`, value: "1970-01-01T00:00:00.000Z" },
};

export interface SortKey {
  /** The value of a row, for SELECT. */
  readonly value: Prisma.Sql;
  readonly ordering: Ordering;
  positionOf(value: SortValue, id: string): Position;
}

/** What is sorted by: a field, or a figure of a group. */
interface Missable {
  readonly mayBeMissing: boolean;
}

/** @param sql of a sortable field. @param id of the row, unique in the list. */
export function sortKey({ mayBeMissing, direction }: Missable & { readonly direction: Direction }, sql: FieldSql, id: Prisma.Sql): SortKey {
  const type = sql.type as Ordered;
  const value = sql.value as Prisma.Sql;
  const identity: OrderingColumn = { sql: id, type: "text" };
  const place = (given: SortValue): string | number => (given instanceof Date ? given.toISOString() : (given ?? least[type].value));
  if (!mayBeMissing)
    return {
      value,
      ordering: { columns: [{ sql: value, type }, identity], direction },
      positionOf: (given, rowId) => [place(given), rowId],
    };
  const isLast = direction === "ASC";
  const presence = isLast ? Prisma.sql`(${value} IS NULL)::int` : Prisma.sql`(${value} IS NOT NULL)::int`;
  return {
    value,
    ordering: {
      columns: [{ sql: presence, type: "integer" }, { sql: Prisma.sql`coalesce(${value}, ${least[type].sql})`, type }, identity],
      direction,
    },
    positionOf: (given, rowId) => [(given === null) === isLast ? 1 : 0, place(given), rowId],
  };
}

/** The types of a position's values, for cursors. */
export function positionTypes({ mayBeMissing }: Missable, { type }: FieldSql): readonly OrderingColumn["type"][] {
  return mayBeMissing ? ["integer", type as Ordered, "text"] : [type as Ordered, "text"];
}

export function selectSorted<Raw extends Sorted & { readonly id: string }, Row>(
  connection: Connection,
  options: {
    /** SELECT and FROM, whose rows have `sortValue`. */
    readonly select: Prisma.Sql;
    readonly key: SortKey;
    readonly conditions: readonly Prisma.Sql[];
    readonly page: PageRequest;
    readonly toRow: (raw: Omit<Raw, "sortValue">) => Row;
  },
): Promise<Page<Row>> {
  interface Placed {
    readonly row: Row;
    readonly position: Position;
  }
  const placed = selectPage<Raw, Placed>(connection, {
    select: options.select,
    conditions: options.conditions,
    ordering: options.key.ordering,
    page: options.page,
    toRow: ({ sortValue, ...raw }) => ({ row: options.toRow(raw), position: options.key.positionOf(sortValue, raw.id) }),
    positionOf: ({ position }) => position,
  });
  return placed.then((page) => ({ ...page, rows: page.rows.map(({ node, position }) => ({ node: node.row, position })) }));
}
