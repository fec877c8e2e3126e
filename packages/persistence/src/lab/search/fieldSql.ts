/** How a field of the search language is read from a row. */

import { Prisma } from "../../generated/client.ts";
import type { OrderingColumn } from "../../server/database/keyset.ts";
import type { Scope } from "../../server/scope/scope.ts";

/** The person who searches, for `me` and pins, and the rows that they may find. */
export interface SearchReader {
  readonly scope: Scope;
  readonly userId: string;
  /** Whether the person may read what people say about images. Default: no. */
  readonly readsRecognition?: boolean;
}

export type Test = (value: Prisma.Sql) => Prisma.Sql;

export interface FieldSql {
  /** The value for columns, orders and groups; null if a row may have several, or for a free text. */
  readonly value: Prisma.Sql | null;
  readonly type: OrderingColumn["type"] | "boolean" | "mixed";
  /** A mixed value read as each type; null if it has another type. */
  readonly parts?: { readonly number: Prisma.Sql; readonly text: Prisma.Sql; readonly flag: Prisma.Sql };
  /** Whether any of the row's texts, or its number, satisfies the test. Default: tests `value`. */
  readonly some?: (test: Test) => Prisma.Sql;
  /** Whether any of the row's numbers does, where `some` is of texts. */
  readonly someNumber?: (test: Test) => Prisma.Sql;
  /** What orders a list of rows. Default: the value. */
  readonly ordered?: FieldSql;
  /** Persons: whose id it is, for `me`. */
  readonly userId?: Prisma.Sql;
  /** Whether the row has no value. Default: the value is null or the empty text. */
  readonly missing?: Prisma.Sql;
  /** What a table shows. Default: the value. */
  readonly cell?: Prisma.Sql;
  /** All texts of a row that may have several, as an array. */
  readonly list?: Prisma.Sql;
  /** Whether every row has a value, so that an index can find the rows of a comparison. Default: no. */
  readonly isNeverNull?: boolean;
  /** Whether an empty text is no value. */
  readonly isText?: boolean;
  /** The column of the row that alone decides the value, where looking the value up takes a statement and many rows share it. */
  readonly decidedBy?: Prisma.Sql;
}

const column =
  (type: FieldSql["type"]) =>
  (value: Prisma.Sql): FieldSql => ({ value, type });

export const integer = column("integer");
export const double = column("double precision");
export const time = column("timestamptz");
export const flag = column("boolean");
export const text = (value: Prisma.Sql): FieldSql => ({ value, type: "text", isText: true });
/** The value as a number. */
export const numberOf = ({ value, parts }: FieldSql): Prisma.Sql | null => parts?.number ?? value;

/** A number, a text, or true or false of a JSON document. Other values and empty texts are none. */
export function mixed(json: Prisma.Sql): FieldSql {
  const part = (kind: string) => Prisma.sql`CASE WHEN jsonb_typeof(${json}) = ${kind} THEN ${json} #>> '{}' END`;
  return {
    value: Prisma.sql`CASE WHEN jsonb_typeof(${json}) IN ('number', 'string', 'boolean') THEN nullif(${json}, '""'::jsonb) END`,
    type: "mixed",
    parts: {
      number: Prisma.sql`(${part("number")})::double precision`,
      text: Prisma.sql`nullif(${part("string")}, '')`,
      flag: Prisma.sql`(${part("boolean")})::boolean`,
    },
  };
}

/**
 * A list of a JSON document, as a text such as "[1, 2, 4]"; an empty one is none. A search finds a row by any of the values, or by the
 * whole text. Rows are in the order of their first values.
 */
export function list(json: Prisma.Sql): FieldSql {
  const known = Prisma.sql`CASE WHEN jsonb_typeof(${json}) = 'array' THEN ${json} ELSE '[]'::jsonb END`;
  const items = Prisma.sql`FROM jsonb_array_elements(${known}) WITH ORDINALITY AS item(value, place)`;
  const itemText = Prisma.sql`(item.value #>> '{}')`;
  const itemNumber = Prisma.sql`CASE WHEN jsonb_typeof(item.value) = 'number' THEN ${itemText}::double precision END`;
  const whole = Prisma.sql`(SELECT '[' || string_agg(${itemText}, ', ' ORDER BY item.place) || ']' ${items})`;
  const all = Prisma.sql`ARRAY(SELECT ${itemText} ${items} ORDER BY item.place)`;
  const first = Prisma.sql`(${known} -> 0)`;
  const none = { number: Prisma.sql`NULL::double precision`, flag: Prisma.sql`NULL::boolean` };
  return {
    value: whole,
    type: "text",
    parts: { ...none, text: whole },
    some: (test) => Prisma.sql`(${test(whole)} OR EXISTS (SELECT ${items} WHERE ${test(itemText)}))`,
    someNumber: (test) => Prisma.sql`EXISTS (SELECT ${items} WHERE ${test(itemNumber)})`,
    missing: Prisma.sql`${known} = '[]'::jsonb`,
    cell: Prisma.sql`CASE WHEN ${known} <> '[]'::jsonb THEN ${all} END`,
    list: all,
    ordered: mixed(first),
  };
}

/** The number of entries of a list or an object of a JSON document; null for a missing one. */
export const count = (json: Prisma.Sql): FieldSql =>
  integer(Prisma.sql`CASE jsonb_typeof(${json}) WHEN 'array' THEN jsonb_array_length(${json})
    WHEN 'object' THEN (SELECT count(*)::int FROM jsonb_object_keys(${json})) END`);

/** A text that neither orders nor groups a list. */
export const freeText = (value: Prisma.Sql): FieldSql => ({
  value: null,
  type: "text",
  cell: value,
  some: (test) => test(value),
  missing: Prisma.sql`${value} = ''`,
});

/**
 * The name of a user `u`. If another member of the workspace has the same name, without case, four hexadecimal digits follow, so that
 * columns and groups distinguish the two: "Ada (3f2a)".
 */
const distinctName = ({ scope }: SearchReader): Prisma.Sql => Prisma.sql`u.name || CASE WHEN EXISTS (
    SELECT FROM memberships o JOIN users n ON n.id = o.user_id
    WHERE o.workspace_id = ${scope.workspaceId} AND n.id <> u.id AND lower(n.name) = lower(u.name)
  ) THEN ' (' || left(md5(u.id), 4) || ')' ELSE '' END`;

/** A user by name, or by the name that distinguishes the user. Only members of the workspace are found. */
export function person(userId: Prisma.Sql, reader: SearchReader): FieldSql {
  const distinct = distinctName(reader);
  return {
    value: Prisma.sql`(SELECT ${distinct} FROM users u WHERE u.id = ${userId})`,
    type: "text",
    isText: true,
    userId,
    decidedBy: userId,
    some: (test) => Prisma.sql`EXISTS (SELECT FROM users u JOIN memberships b ON b.user_id = u.id
      WHERE u.id = ${userId} AND b.workspace_id = ${reader.scope.workspaceId} AND (${test(Prisma.sql`u.name`)} OR ${test(Prisma.sql`(${distinct})`)}))`,
    missing: Prisma.sql`${userId} IS NULL`,
  };
}

/** The tags of a row. @param linked FROM and WHERE of the row's links `l`, such as those of run_tags. */
export function tags(linked: { readonly table: Prisma.Sql; readonly isOfRow: Prisma.Sql }, { scope }: SearchReader): FieldSql {
  const from = Prisma.sql`FROM ${linked.table} l JOIN tags t ON t.id = l.tag_id AND t.workspace_id = ${scope.workspaceId} WHERE ${linked.isOfRow}`;
  const list = Prisma.sql`ARRAY(SELECT t.name ${from} ORDER BY t.name)`;
  return {
    value: null,
    type: "text",
    cell: list,
    list,
    some: (test) => Prisma.sql`EXISTS (SELECT ${from} AND ${test(Prisma.sql`t.name`)})`,
    missing: Prisma.sql`NOT EXISTS (SELECT ${from})`,
  };
}
