/**
 * A connection that records statements and sends none. It also records the templates behind each statement: JavaScript creates one
 * strings array per template in the source, so the array identifies the template, even among templates with the same text.
 */

import type { Prisma } from "@pareidolia/persistence/generated/client";
import type { Connection, Transaction } from "@pareidolia/persistence/server/database/database";

type Strings = readonly string[];

interface Parts {
  readonly strings: readonly Strings[];
  readonly values: readonly unknown[];
}

const partsOf = new WeakMap<object, Parts>();
let sqlTag: typeof Prisma.sql;

/** `Prisma` with tags that remember the templates they are called with. */
export function rememberTemplates(real: typeof Prisma): typeof Prisma {
  const sql: typeof Prisma.sql = (strings, ...values) => {
    const built = real.sql(strings, ...values);
    partsOf.set(built, { strings: [strings], values });
    return built;
  };
  const join: typeof Prisma.join = (values, ...rest) => {
    const built = real.join(values, ...rest);
    partsOf.set(built, { strings: [], values });
    return built;
  };
  sqlTag = sql;
  return { ...real, sql, join };
}

function* templatesOf(value: unknown): Generator<Strings> {
  const parts = value instanceof Object ? partsOf.get(value) : undefined;
  if (parts === undefined) return;
  yield* parts.strings;
  for (const part of parts.values) yield* templatesOf(part);
}

export interface Recorded {
  /** With parameters as $1, $2, ... */
  readonly statements: Set<string>;
  readonly templates: Set<Strings>;
}

/** Reads return `rows`; each write reports one row. */
export function recordingTransaction({ statements, templates }: Recorded, rows: readonly object[]): Transaction {
  const record =
    <Result>(result: Result) =>
    async (query: TemplateStringsArray | Prisma.Sql, ...values: unknown[]): Promise<Result> => {
      const sql = Array.isArray(query) ? sqlTag(query as unknown as TemplateStringsArray, ...values) : (query as Prisma.Sql);
      statements.add(sql.text);
      for (const template of templatesOf(sql)) templates.add(template);
      return result;
    };
  const table = new Proxy(
    {},
    {
      get: (_, method: string) => async () => {
        if (method === "findMany") return [];
        return method.endsWith("Many") ? { count: 1 } : (rows[0] ?? null);
      },
    },
  );
  const methods: Readonly<Record<string, unknown>> = { $queryRaw: record([...rows]), $executeRaw: record(1) };
  const connection = new Proxy({}, { get: (_, name: string) => methods[name] ?? table }) as Connection;
  return { connection, executor: { executeSql: async () => ({ rows: [] }) } };
}
