/** Lists of results with labels, in their own order or by what people say: each starts at the table that leads to its page fastest. */

import { Prisma } from "../../generated/client.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import {
  type Direction,
  type OrderingColumn,
  type Page,
  type PagePart,
  type PageRequest,
  type Position,
  selectPage,
  selectPageOf,
} from "../../server/database/keyset.ts";
import { isNotInTrash, isOfLiveRun } from "../../server/scope/live.ts";
import type { LabelledImages } from "./labelledImages.ts";
import {
  compareInIndex,
  filtersAsked,
  hasFewImages,
  isByPeople,
  orderInIndex,
  type PeopleList,
  type PeopleOrderField,
  peopleConditions,
  peopleOrdering,
  startAtRecognition,
} from "./peopleConditions.ts";

/** Own orders are named as the columns of the rows. A list in the order of people's votes has only images with votes. */
export interface LabelledOrder<Own extends string> {
  readonly field: Own | PeopleOrderField;
  readonly direction: Direction;
}

/** A table of results. */
export interface LabelledTable<Own extends string, Raw, Row> {
  readonly images: LabelledImages;
  /** SELECT, with the columns `id` and those of the own orders. */
  readonly columns: Prisma.Sql;
  /** FROM with the tables of `images`. */
  readonly from: Prisma.Sql;
  /** Joins of the same tables to rows of the table of `images` that are already chosen. */
  readonly lookUps: Prisma.Sql;
  readonly orders: Readonly<Record<Own, OrderingColumn>>;
  toRow(raw: Raw): Row;
  imageSha256Of(row: Row): string;
}

export interface LabelledList<Own extends string> {
  readonly people: PeopleList;
  /** All conditions except those of `people` and of the trash, on the table of `images` alone. */
  readonly conditions: readonly Prisma.Sql[];
  readonly order: LabelledOrder<Own>;
}

/** SELECT of rows of the table of `images`: those of a page of a list without people's filters, and perhaps some more. */
export type FindRows = (part: PagePart) => Prisma.Sql;

type Placed<Own extends string> = { readonly id: string } & Readonly<Record<Own, number | Date>>;

/** Row `first` holds the value of the list's order. */
interface Ordered<Row> {
  readonly row: Row;
  readonly first: string | number;
}

export async function listLabelled<Own extends string, Raw, Row extends Placed<Own>>(
  connection: Connection,
  table: LabelledTable<Own, Raw, Row>,
  {
    people,
    conditions: own,
    order: { field, direction },
    page,
    startAt,
  }: LabelledList<Own> & { readonly page: PageRequest; startAt(field: Own): Promise<FindRows> },
): Promise<Page<Row>> {
  const { images, columns, from, toRow } = table;
  const select = Prisma.sql`${columns} ${from}`;
  const conditions = [...own, isOfLiveRun(Prisma.sql`${images.alias}.run_id`)];
  if (isByPeople(field)) {
    const started = startAtRecognition(people, field, { images, shown: select, conditions });
    const { rows, ...more } = await selectPage<Raw & { said: number }, Ordered<Row>>(connection, {
      select: Prisma.sql`SELECT shown.*, ${peopleOrdering(field, direction).columns[0]?.sql} AS said ${started.from}`,
      conditions: started.conditions,
      ordering: peopleOrdering(field, direction),
      page,
      toRow: ({ said, ...raw }) => ({ row: toRow(raw as unknown as Raw), first: said }),
      positionOf: ({ row, first }) => [first, table.imageSha256Of(row), row.id],
      compareTo: (operator, position) => compareInIndex(field, operator, position),
    });
    return { ...more, rows: rows.map(({ node, position }) => ({ node: node.row, position })) };
  }
  const positionOf = (row: Row): Position => {
    const first: number | Date = row[field];
    return [first instanceof Date ? first.toISOString() : first, row.id];
  };
  const first = table.orders[field];
  const id = { type: "text" } as const;
  if (filtersAsked(people) && (await hasFewImages(connection, people))) {
    const started = startAtRecognition(people, null, { images, shown: select, conditions });
    return selectPage<Raw, Row>(connection, {
      select: Prisma.sql`SELECT shown.* ${started.from}`,
      conditions: started.conditions,
      ordering: {
        columns: [
          { ...first, sql: Prisma.raw(`shown."${field}"`) },
          { ...id, sql: Prisma.sql`shown.id` },
        ],
        direction,
      },
      page,
      toRow,
      positionOf,
    });
  }
  const ordering = { columns: [first, { ...id, sql: images.id }], direction };
  const said = peopleConditions(people, images);
  if (said.length > 0)
    return selectPage<Raw, Row>(connection, { select, conditions: [...conditions, ...said], ordering, page, toRow, positionOf });
  const rows = await startAt(field);
  const statement = (part: PagePart): Prisma.Sql =>
    Prisma.sql`${columns} FROM (${rows(part)}) AS ${images.alias} ${table.lookUps} ${part.order}`;
  return selectPageOf<Raw, Row>(connection, { statement, ordering, page, toRow, positionOf });
}

/** The number of rows in a list. One in the order of people's votes is shorter than others. */
export function countLabelled<Own extends string>(
  request: CountRequest,
  { images, orders }: Pick<LabelledTable<Own, never, never>, "images" | "orders">,
  { people, conditions, order: { field }, count }: LabelledList<Own> & { count(request: CountRequest): Promise<number> },
): Promise<number> {
  const runId = Prisma.sql`${images.alias}.run_id`;
  if (!isByPeople(field) && !filtersAsked(people)) {
    const said = peopleConditions(people, images);
    const order = Prisma.sql`ORDER BY ${orders[field].sql}, ${images.id}`;
    return said.length === 0 ? count(request) : countRows(request, images.rowsInOrder, [...conditions, isOfLiveRun(runId), ...said], order);
  }
  const started = startAtRecognition(people, isByPeople(field) ? field : null, {
    images,
    shown: Prisma.sql`SELECT ${images.id} ${images.rows}`,
    conditions: [...conditions, isNotInTrash(runId, people.scope)],
  });
  return countRows(request, started.from, started.conditions, orderInIndex(people, field));
}
