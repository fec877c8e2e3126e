/**
 * A `Connection` that sends raw statements over one connection of its own, without Prisma's client: for tests in which many clients race,
 * where the client's own work would take most of the time. Statements are prepared once. It has no methods of tables.
 */
import { createHash } from "node:crypto";
import { Prisma } from "@pareidolia/persistence/generated/client";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import pg from "pg";

export interface PgConnection {
  readonly connection: Connection;
  close(): Promise<void>;
}

export async function connectByPg(url: string): Promise<PgConnection> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const names = new Map<string, string>();
  const $queryRaw = async (strings: TemplateStringsArray, ...values: unknown[]): Promise<unknown[]> => {
    const { text, values: parameters } = Prisma.sql(strings, ...values);
    const name = names.get(text) ?? createHash("sha256").update(text).digest("hex").slice(0, 32);
    names.set(text, name);
    return (await client.query({ name, text, values: parameters })).rows;
  };
  return { connection: { $queryRaw } as unknown as Connection, close: () => client.end() };
}
