/** A database for each test file, cloned from a template that the first one migrates. */
import { randomBytes } from "node:crypto";
import { migrate } from "@pareidolia/persistence/database/migrations";
import type pg from "pg";
import { inject } from "vitest";
import { createDatabase, withClient } from "./postgresServer.ts";

export interface TestDatabase {
  readonly url: string;
  /** @throws Error if a connection is still open: the test did not close a pool. */
  drop(): Promise<void>;
}

const template = "pareidolia_template";
const templateLock = 1;

async function ensureTemplate(serverUrl: string): Promise<void> {
  await withClient(serverUrl, async (client) => {
    await client.query("SELECT pg_advisory_lock($1)", [templateLock]);
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [template]);
    if (rowCount === 0) await migrate(await createDatabase(serverUrl, template));
  });
}

async function countConnections(client: pg.Client, name: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>("SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = $1", [name]);
  return rows[0]?.count ?? 0;
}

const attemptsToSettle = 40;

async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  await withClient(serverUrl, async (client) => {
    let open = await countConnections(client, name);
    for (let attempt = 0; open > 0 && attempt < attemptsToSettle; attempt++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      open = await countConnections(client, name);
    }
    await client.query(`DROP DATABASE "${name}" WITH (FORCE)`);
    if (open > 0) throw new Error(`This test left ${open} connections to its database open.`);
  });
}

export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = inject("postgresUrl");
  await ensureTemplate(serverUrl);
  const name = `test_${randomBytes(6).toString("hex")}`;
  const url = await createDatabase(serverUrl, name, template);
  return { url, drop: () => dropDatabase(serverUrl, name) };
}
