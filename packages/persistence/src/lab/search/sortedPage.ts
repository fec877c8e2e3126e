/**
 * A page of a list in the order of any column, rows without a value last in both directions. The place of a row in the list is whether it
 * has a value, the value, and the row's id; for keyset pagination, a missing value counts as the least.
 */
import type { SearchField } from "@pareidolia/search/fields/field";
import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";
import {
  type Direction,
  type Ordering,
  type OrderingColumn,
  type Page,
  type PagePart,
  type PageRequest,
  type Position,
  selectPageOf,
} from "../../server/database/keyset.ts";
import type { FieldSql } from "./fieldSql.ts";

export interface ColumnOrder {
  readonly field: SearchField;
  readonly direction: Direction;
}

type SortValue = Date | number | string | boolean | null;

/** What a row has besides its own columns. */
export interface Sorted {
  readonly sortValue: SortValue;
}

type Ordered = Exclude<FieldSql["type"], "boolean" | "mixed">;

/** A value that a missing one counts as; JavaScript's and SQL's are equal. */
const least: Readonly<Record<Ordered, { readonly sql: Prisma.Sql; readonly value: string | number }>> = {
  integer: { sql: Prisma.sql`0`, value: 0 },
  "double precision": { sql: Prisma.sql`0::double precision`, value: 0 },
  text: { sql: Prisma.sql`''`, value: "" },
  timestamptz: { sql: Prisma.sql`'epoch'::timestamptz`, value: "1970-01-01T00:00:00.000Z" },
};

/** A value of the type that stands in for null in comparisons. Add another condition to distinguish it from null. */
export function leastOf(type: FieldSql["type"]): Prisma.Sql {
  if (type === "boolean") return Prisma.sql`false`;
  return type === "mixed" ? Prisma.sql`'null'::jsonb` : least[type].sql;
}

interface MixedSql extends FieldSql {
  readonly value: Prisma.Sql;
  readonly parts: NonNullable<FieldSql["parts"]>;
}

const isMixed = (sql: FieldSql): sql is MixedSql => sql.parts !== undefined && sql.value !== null;

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

/** Longer texts are ordered by their beginning, so that a cursor, which has the beginning, remains short. */
const comparedCharacters = 100;

const beginningOf = (text: string): string => Array.from(text).slice(0, comparedCharacters).join("");

/** Numbers by size, then texts and flags by their letters, then rows without a value: in this order in both directions. */
function mixedKey(direction: Direction, { value, parts }: MixedSql, id: Prisma.Sql): SortKey {
  const { number, text, flag } = parts;
  const isAscending = direction === "ASC";
  const [ofNumbers, ofOthers, ofMissing] = isAscending ? [0, 1, 2] : [2, 1, 0];
  const columns: OrderingColumn[] = [
    {
      sql: Prisma.sql`CASE WHEN ${number} IS NOT NULL THEN ${ofNumbers}::int WHEN ${value} IS NOT NULL THEN ${ofOthers}::int ELSE ${ofMissing}::int END`,
      type: "integer",
    },
    { sql: Prisma.sql`coalesce(${number}, 0)`, type: "double precision" },
    { sql: Prisma.sql`left(coalesce(${text}, (${flag})::text, ''), ${comparedCharacters}::int)`, type: "text" },
    { sql: id, type: "text" },
  ];
  return {
    value,
    ordering: { columns, direction },
    positionOf: (given, rowId) => {
      if (typeof given === "number") return [ofNumbers, given, "", rowId];
      return given === null ? [ofMissing, 0, "", rowId] : [ofOthers, 0, beginningOf(String(given)), rowId];
    },
  };
}

/** @param sql of a sortable field. @param id of the row, unique in the list. */
export function sortKey(
  { mayBeMissing, direction }: Missable & { readonly direction: Direction },
  { ordered, ...own }: FieldSql,
  id: Prisma.Sql,
): SortKey {
  const sql = ordered ?? own;
  if (isMixed(sql)) return mixedKey(direction, sql, id);
  const type = sql.type as Ordered;
  const value = sql.value as Prisma.Sql;
  const identity: OrderingColumn = { sql: id, type: "text" };
  const place = (given: SortValue): string | number =>
    given instanceof Date ? given.toISOString() : ((given as string | number | null) ?? least[type].value);
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
export function positionTypes({ mayBeMissing }: Missable, { ordered, ...own }: FieldSql): readonly OrderingColumn["type"][] {
  const sql = ordered ?? own;
  if (isMixed(sql)) return ["integer", "double precision", "text", "text"];
  const { type } = sql;
  return mayBeMissing ? ["integer", type as Ordered, "text"] : [type as Ordered, "text"];
}

export function selectSorted<Raw extends Sorted & { readonly id: string }, Row>(
  connection: Connection,
  options: {
    /** The statement, whose rows have `sortValue`. */
    readonly statement: (part: PagePart) => Prisma.Sql;
    readonly key: SortKey;
    readonly page: PageRequest;
    readonly toRow: (raw: Omit<Raw, "sortValue">) => Row;
  },
): Promise<Page<Row>> {
  interface Placed {
    readonly row: Row;
    readonly position: Position;
  }
  const placed = selectPageOf<Raw, Placed>(connection, {
    statement: options.statement,
    ordering: options.key.ordering,
    page: options.page,
    toRow: ({ sortValue, ...raw }) => ({ row: options.toRow(raw), position: options.key.positionOf(sortValue, raw.id) }),
    positionOf: ({ position }) => position,
  });
  return placed.then((page) => ({ ...page, rows: page.rows.map(({ node, position }) => ({ node: node.row, position })) }));
}
