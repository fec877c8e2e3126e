/** A database for each test: a copy of a template that the first one migrates, or one that an earlier test has finished with. */
import { randomBytes } from "node:crypto";
import { openQueue } from "@pareidolia/jobs/queue";
import { prepareApplicationRole } from "@pareidolia/persistence/server/database/applicationRole";
import { migrate } from "@pareidolia/persistence/server/database/migrations";
import type pg from "pg";
import { inject } from "vitest";
import { DatabasePool, type PooledDatabase } from "./databasePool.ts";
import { KeptConnection } from "./keptConnection.ts";
import { asApplication, createDatabase, withClient } from "./postgresServer.ts";

export interface TestDatabase {
  /** Of the application's role, as the API and the workers connect. */
  readonly url: string;
  /** Of a superuser who owns the tables. */
  readonly ownerUrl: string;
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
    await prepareApplicationRole(url, asApplication(url));
    // The queue creates its tables when it is opened first.
    await (await openQueue({ url: asApplication(url) })).close();
  });
}

async function countOthers(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity
     WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()`,
  );
  return rows[0]?.count ?? 0;
}

const attemptsToSettle = 40;

/** @returns whether all other connections were closed. */
async function settle(client: pg.Client): Promise<boolean> {
  let open = await countOthers(client);
  for (let attempt = 0; open > 0 && attempt < attemptsToSettle; attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    open = await countOthers(client);
  }
  return open === 0;
}

async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  await withClient(serverUrl, (client) => client.query(`DROP DATABASE "${name}" WITH (FORCE)`));
}

const migrated = new DatabasePool();

export async function createTestDatabase(pool = migrated): Promise<TestDatabase> {
  const serverUrl = inject("postgresUrl");
  const restored = pool.take();
  const database = restored ?? (await copyTemplate(serverUrl));
  const { name, url: ownerUrl, connection } = database;
  if (pool === migrated) await pool.learn(ownerUrl);
  return {
    url: asApplication(ownerUrl),
    ownerUrl,
    isRestored: restored !== null,
    async drop() {
      const isClosed = await connection.use(settle);
      if (!isClosed || !(await pool.give(database))) {
        await connection.close();
        await dropDatabase(serverUrl, name);
      }
      if (!isClosed) throw new Error("This test left connections to its database open.");
    },
  };
}

async function copyTemplate(serverUrl: string): Promise<PooledDatabase> {
  await ensureTemplate(serverUrl);
  const name = `test_${randomBytes(6).toString("hex")}`;
  const url = await createDatabase(serverUrl, name, template);
  return { name, url, connection: new KeptConnection(url) };
}
