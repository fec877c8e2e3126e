/**
 * Keyset pagination: a page starts after the ordering values of a row instead of at an offset. Deep pages cost no more than the first,
 * and rows inserted meanwhile neither repeat nor hide other rows.
 */
import { Prisma } from "../../generated/client.ts";
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

/** How a statement finds the rows of a page. In a part of the statement, both keep that part from reading more rows than the page has. */
export interface PagePart {
  /** That a row follows or precedes the given position; none on the first page. */
  readonly conditions: readonly Prisma.Sql[];
  /** ORDER BY and LIMIT, of one row more than the page has. */
  readonly order: Prisma.Sql;
}

interface PageOptions<Raw, Row> {
  readonly ordering: Ordering;
  readonly page: PageRequest;
  readonly toRow: (raw: Raw) => Row;
  readonly positionOf: (row: Row) => Position;
  /** Whether a row is before or after a position. Default: one comparison of all columns of the ordering. */
  readonly compareTo?: (operator: "<" | ">", position: Position) => Prisma.Sql;
}

/** A page of a list whose statement says where the page is cut. */
export async function selectPageOf<Raw, Row>(
  connection: Connection,
  options: PageOptions<Raw, Row> & { readonly statement: (part: PagePart) => Prisma.Sql },
): Promise<Page<Row>> {
  const { ordering, page } = options;
  const ascending = ordering.direction === "ASC";
  const conditions: Prisma.Sql[] = [];
  const compareTo = options.compareTo ?? ((operator, position) => compare(ordering, operator, position));
  if (page.after !== null) conditions.push(compareTo(ascending ? ">" : "<", page.after));
  if (page.before !== null) conditions.push(compareTo(ascending ? "<" : ">", page.before));
  const direction = Prisma.raw(ascending !== page.backward ? "ASC" : "DESC");
  const columns = Prisma.join(ordering.columns.map(({ sql }) => Prisma.sql`${sql} ${direction}`));
  const statement = options.statement({ conditions, order: Prisma.sql`ORDER BY ${columns} LIMIT ${page.limit + 1}` });
  const raws = await connection.$queryRaw<Raw[]>(Prisma.sql`${statement}`);
  const more = raws.length > page.limit;
  const kept = raws.slice(0, page.limit).map(options.toRow);
  if (page.backward) kept.reverse();
  return {
    rows: kept.map((node) => ({ node, position: options.positionOf(node) })),
    hasNextPage: page.backward ? page.before !== null : more,
    hasPreviousPage: page.backward ? more : page.after !== null,
  };
}

/** A page of a list without parts. */
export function selectPage<Raw, Row>(
  connection: Connection,
  options: PageOptions<Raw, Row> & {
    /** SELECT and FROM, without WHERE. */
    readonly select: Prisma.Sql;
    readonly conditions: readonly Prisma.Sql[];
  },
): Promise<Page<Row>> {
  const statement = ({ conditions, order }: PagePart): Prisma.Sql =>
    Prisma.sql`${options.select} ${whereAll([...options.conditions, ...conditions])} ${order}`;
  return selectPageOf(connection, { ...options, statement });
}
