/** A database for each test: a copy of a template that the first one migrates, or one that an earlier test has finished with. */
import { randomBytes } from "node:crypto";
import { openQueue } from "@pareidolia/jobs/queue";
import { migrate } from "@pareidolia/persistence/database/migrations";
import type pg from "pg";
import { inject } from "vitest";
import { DatabasePool } from "./databasePool.ts";
import { createDatabase, withClient } from "./postgresServer.ts";

export interface TestDatabase {
  readonly url: string;
  /** Whether it has the state that its pool has learnt; otherwise it is a copy of the template. */
  readonly isRestored: boolean;
  /** @throws Error if a connection is still open: the test did not close a pool. */
  drop(): Promise<void>;
}

const template = "pareidolia_template";
const templateLock = 1;

async function ensureTemplate(serverUrl: string): Promise<void> {
  await withClient(serverUrl, async (client) => {
    await client.query("SELECT pg_advisory_lock($1)", [templateLock]);
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [template]);
    if (rowCount !== 0) return;
    const url = await createDatabase(serverUrl, template);
    await migrate(url);
    // The queue creates its tables when it is opened first.
    await (await openQueue({ url })).close();
  });
}

async function countConnections(client: pg.Client, name: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>("SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = $1", [name]);
  return rows[0]?.count ?? 0;
}

const attemptsToSettle = 40;

/** @returns whether all connections were closed. */
async function settle(serverUrl: string, name: string): Promise<boolean> {
  return withClient(serverUrl, async (client) => {
    let open = await countConnections(client, name);
    for (let attempt = 0; open > 0 && attempt < attemptsToSettle; attempt++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      open = await countConnections(client, name);
    }
    return open === 0;
  });
}

async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  await withClient(serverUrl, (client) => client.query(`DROP DATABASE "${name}" WITH (FORCE)`));
}

const migrated = new DatabasePool();

export async function createTestDatabase(pool = migrated): Promise<TestDatabase> {
  const serverUrl = inject("postgresUrl");
  const restored = pool.take();
  const { name, url } = restored ?? (await copyTemplate(serverUrl));
  if (pool === migrated) await pool.learn(url);
  return {
    url,
    isRestored: restored !== null,
    async drop() {
      const isClosed = await settle(serverUrl, name);
      if (!isClosed || !(await pool.give({ name, url }))) await dropDatabase(serverUrl, name);
      if (!isClosed) throw new Error("This test left connections to its database open.");
    },
  };
}

async function copyTemplate(serverUrl: string): Promise<{ readonly name: string; readonly url: string }> {
  await ensureTemplate(serverUrl);
  const name = `test_${randomBytes(6).toString("hex")}`;
  return { name, url: await createDatabase(serverUrl, name, template) };
}
