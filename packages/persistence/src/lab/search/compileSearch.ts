/**
 * Compiles a checked search into one condition. Every text and number is a parameter of the statement. Each comparison is true or false and
 * never null, so that NOT finds the rows without a value.
 */
import type { CheckedComparison, CheckedSearch, CheckedValue } from "@pareidolia/search/checkedSearch";
import type { SearchField } from "@pareidolia/search/fields/field";
import { Prisma } from "../../generated/client.ts";
import { containing } from "../../server/database/containing.ts";
import { type FieldSql, numberOf, type SearchReader, type Test } from "./fieldSql.ts";

export interface Dialect {
  readonly reader: SearchReader;
  sqlOf(field: SearchField): FieldSql;
  /** A comparison of a field that another table has, as a whole condition; null for the row's own fields. Default: all are the row's own. */
  compareElsewhere?(comparison: CheckedComparison): Prisma.Sql | null;
  /** Whether one of the row's searched texts contains the pattern of ILIKE. */
  containsText(pattern: string): Prisma.Sql;
}

const joined = (parts: readonly Prisma.Sql[], word: " AND " | " OR "): Prisma.Sql => Prisma.sql`(${Prisma.join([...parts], word)})`;

function isMissing({ missing, value, isText }: FieldSql): Prisma.Sql {
  if (missing !== undefined) return missing;
  return isText === true ? Prisma.sql`coalesce(${value}, '') = ''` : Prisma.sql`${value} IS NULL`;
}

const testNumber = (sql: FieldSql, test: Test): Prisma.Sql => {
  const some = sql.someNumber ?? sql.some;
  return some === undefined ? test(numberOf(sql) as Prisma.Sql) : some(test);
};

/** Whether the field of the row equals the value, or contains it for `~`. */
function matches(sql: FieldSql, operator: string, value: CheckedValue, { userId }: SearchReader): Prisma.Sql {
  switch (value.kind) {
    case "none":
      return isMissing(sql);
    case "me":
      return Prisma.sql`${sql.userId} = ${userId}`;
    case "flag": {
      const test: Test = (flag) => (value.flag ? flag : Prisma.sql`NOT ${flag}`);
      return sql.parts === undefined && sql.some !== undefined ? sql.some(test) : test((sql.parts?.flag ?? sql.value) as Prisma.Sql);
    }
    case "number":
      return testNumber(sql, (number) => Prisma.sql`${number} = ${value.number}::double precision`);
    case "period":
      return joined(
        [
          Prisma.sql`${sql.value} >= ${new Date(value.from).toISOString()}::timestamptz`,
          Prisma.sql`${sql.value} < ${new Date(value.to).toISOString()}::timestamptz`,
        ],
        " AND ",
      );
    case "text": {
      const test: Test =
        operator === "~"
          ? (text) => Prisma.sql`${text} ILIKE ${containing(value.text)}`
          : (text) => Prisma.sql`lower(${text}) = lower(${value.text})`;
      return sql.some === undefined ? test(sql.parts?.text ?? (sql.value as Prisma.Sql)) : sql.some(test);
    }
  }
}

/** For dates: which end of the period the operator compares with. A moment, which has no length, is neither before nor after itself. */
function bound(operator: string, { from, to }: { readonly from: number; readonly to: number }): Prisma.Sql {
  const at = (time: number) => Prisma.sql`${new Date(time).toISOString()}::timestamptz`;
  const isMoment = from === to;
  switch (operator) {
    case "<":
      return Prisma.sql`< ${at(from)}`;
    case ">=":
      return Prisma.sql`>= ${at(from)}`;
    case "<=":
      return isMoment ? Prisma.sql`<= ${at(to)}` : Prisma.sql`< ${at(to)}`;
    default:
      return isMoment ? Prisma.sql`> ${at(to)}` : Prisma.sql`>= ${at(to)}`;
  }
}

const signs: Readonly<Record<string, Prisma.Sql>> = {
  "<": Prisma.sql`<`,
  "<=": Prisma.sql`<=`,
  ">": Prisma.sql`>`,
  ">=": Prisma.sql`>=`,
};

function compare({ operator, values }: CheckedComparison, sql: FieldSql, reader: SearchReader): Prisma.Sql {
  const [first] = values as [CheckedValue];
  const sign = signs[operator];
  if (sign !== undefined && first.kind === "number")
    return testNumber(sql, (number) => Prisma.sql`${number} ${sign} ${first.number}::double precision`);
  if (sign !== undefined && first.kind === "period") return Prisma.sql`${sql.value} ${bound(operator, first)}`;
  const any = values.map((value) => matches(sql, operator, value, reader));
  return joined(any, " OR ");
}

export function compileSearch(search: CheckedSearch, dialect: Dialect): Prisma.Sql {
  switch (search.kind) {
    case "and":
    case "or":
      return joined(
        search.parts.map((part) => compileSearch(part, dialect)),
        search.kind === "and" ? " AND " : " OR ",
      );
    case "not":
      return Prisma.sql`NOT ${compileSearch(search.part, dialect)}`;
    case "text":
      return dialect.containsText(containing(search.text));
    case "comparison": {
      const elsewhere = dialect.compareElsewhere?.(search) ?? null;
      if (elsewhere !== null) return elsewhere;
      const sql = dialect.sqlOf(search.field);
      const compared = compare(search, sql, dialect.reader);
      const condition = sql.isNeverNull === true ? compared : Prisma.sql`coalesce(${compared}, false)`;
      return search.operator === "!=" ? Prisma.sql`NOT ${condition}` : condition;
    }
  }
}
