/** A test database with the tables, and optionally the rows, of an earlier version, which the test then migrates. */
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { migrate, readMigrations } from "@pareidolia/persistence/server/database/migrations";
import pg from "pg";
import { createTestDatabase, type TestDatabase } from "./database.ts";
import { withClient } from "./postgresServer.ts";

const migrationsFolder = fileURLToPath(new URL("../../prisma/migrations", import.meta.url));

interface StoredRow {
  readonly table: string;
  readonly row: Readonly<Record<string, unknown>>;
}

/** Creates the tables as they were before the migration whose name ends with `migration`. The URL is the owner's, who then migrates them. */
export async function createDatabaseBefore(migration: string): Promise<TestDatabase> {
  const known = await readMigrations();
  const added = known.find(({ name }) => name.endsWith(migration));
  if (added === undefined) throw new Error(`There is no migration "${migration}".`);
  const database = await createTestDatabase();
  const earlier = await mkdtemp(path.join(tmpdir(), "pareidolia-migrations-"));
  await cp(migrationsFolder, earlier, { recursive: true });
  for (const { name } of known) if (name >= added.name) await rm(path.join(earlier, name), { recursive: true });
  await withClient(database.ownerUrl, (client) => client.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public"));
  await migrate(database.ownerUrl, { folder: earlier });
  await rm(earlier, { recursive: true });
  return { ...database, url: database.ownerUrl };
}

/** Restores rows from a file with one `{ table, row }` per line, in any order of the tables. */
export async function restoreRows(url: string, file: string): Promise<void> {
  const rows = (await readFile(file, "utf8")).trim().split("\n");
  await withClient(url, async (client) => {
    await client.query("SET session_replication_role = replica");
    for (const line of rows) {
      const { table, row } = JSON.parse(line) as StoredRow;
      const name = pg.escapeIdentifier(table);
      await client.query(`INSERT INTO ${name} SELECT * FROM jsonb_populate_record(NULL::${name}, $1)`, [JSON.stringify(row)]);
    }
  });
}
