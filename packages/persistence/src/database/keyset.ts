/**
 * Keyset pagination: a page starts after the ordering values of a row instead of at an offset. Deep pages cost no more than the first,
 * and rows inserted meanwhile neither repeat nor hide other rows.
 */
import { Prisma } from "../generated/client.ts";
import type { Connection } from "./database.ts";

/** The ordering values of one row, in the order of the ordering's columns. */
export type Position = readonly (string | number)[];

export interface PageRequest {
  readonly limit: number;
  /** The last rows before `before` instead of the first rows after `after`. */
  readonly backward: boolean;
  readonly after: Position | null;
  readonly before: Position | null;
}

export interface Placed<Row> {
  readonly node: Row;
  readonly position: Position;
}

export interface Page<Row> {
  readonly rows: readonly Placed<Row>[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

export type Direction = "ASC" | "DESC";

export interface OrderingColumn {
  readonly sql: Prisma.Sql;
  readonly type: "timestamptz" | "double precision" | "integer" | "text";
}

/** The columns together must be unique in the list; the last column is the identity. */
export interface Ordering {
  readonly columns: readonly OrderingColumn[];
  readonly direction: Direction;
}

function compare(ordering: Ordering, operator: "<" | ">", position: Position): Prisma.Sql {
  const columns = Prisma.join(ordering.columns.map((column) => column.sql));
  const values = Prisma.join(ordering.columns.map(({ type }, i) => Prisma.sql`${position[i]}::${Prisma.raw(type)}`));
  return Prisma.sql`(${columns}) ${Prisma.raw(operator)} (${values})`;
}

export function whereAll(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  return conditions.length === 0 ? Prisma.empty : Prisma.sql`WHERE ${Prisma.join([...conditions], " AND ")}`;
}

export async function selectPage<Raw, Row>(
  connection: Connection,
  options: {
    /** SELECT and FROM, without WHERE. */
    readonly select: Prisma.Sql;
    readonly conditions: readonly Prisma.Sql[];
    readonly ordering: Ordering;
    readonly page: PageRequest;
    readonly toRow: (raw: Raw) => Row;
    readonly positionOf: (row: Row) => Position;
    /** Whether a row is before or after a position. Default: one comparison of all columns of the ordering. */
    readonly compareTo?: (operator: "<" | ">", position: Position) => Prisma.Sql;
  },
): Promise<Page<Row>> {
  const { ordering, page } = options;
  const ascending = ordering.direction === "ASC";
  const conditions = [...options.conditions];
  const compareTo = options.compareTo ?? ((operator, position) => compare(ordering, operator, position));
  if (page.after !== null) conditions.push(compareTo(ascending ? ">" : "<", page.after));
  if (page.before !== null) conditions.push(compareTo(ascending ? "<" : ">", page.before));
  const direction = Prisma.raw(ascending !== page.backward ? "ASC" : "DESC");
  const order = Prisma.join(ordering.columns.map(({ sql }) => Prisma.sql`${sql} ${direction}`));
  const raws = await connection.$queryRaw<Raw[]>(
    Prisma.sql`${options.select} ${whereAll(conditions)} ORDER BY ${order} LIMIT ${page.limit + 1}`,
  );
  const more = raws.length > page.limit;
  const kept = raws.slice(0, page.limit).map(options.toRow);
  if (page.backward) kept.reverse();
  return {
    rows: kept.map((node) => ({ node, position: options.positionOf(node) })),
    hasNextPage: page.backward ? page.before !== null : more,
    hasPreviousPage: page.backward ? more : page.after !== null,
  };
}
