/**
 * Migrates a database: applies `prisma/migrations` in the order of their folders, each in a transaction, all under one advisory lock.
 * Records them in Prisma's table with Prisma's checksums, so that `prisma migrate deploy` sees the same history.
 */
import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { AppError } from "@pareidolia/core/appError";
import type pg from "pg";
import { connectDirectly } from "./connectionFailure.ts";
import { openWhenReady, type Waiting } from "./openWhenReady.ts";

export interface Migration {
  /** The folder's name. */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file, as Prisma computes it. */
  readonly checksum: string;
}

interface Applied {
  readonly name: string;
  readonly checksum: string;
  readonly finished: boolean;
}

/** An arbitrary number, "pareido" in ASCII. No other code in this database locks it. */
const advisoryLock = "31632955476569199";
/** SQLSTATE insufficient_privilege. */
const forbidden = "42501";
const migrationsFolder = fileURLToPath(new URL("../../../../../prisma/migrations", import.meta.url));

// Prisma's definition of the table.
const recordTable = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

export async function readMigrations(folder: string = migrationsFolder): Promise<readonly Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const file = await readFile(path.join(folder, name, "migration.sql"));
      return { name, sql: file.toString("utf8"), checksum: createHash("sha256").update(file).digest("hex") };
    }),
  );
}

/** @throws AppError FORBIDDEN when the database user may not create tables. */
async function prepareRecord(client: pg.Client): Promise<void> {
  try {
    await client.query(recordTable);
  } catch (cause) {
    if ((cause as { code?: unknown }).code !== forbidden) throw cause;
    throw new AppError(
      "FORBIDDEN",
      `The database's user "${client.user}" may not create tables in "${client.database}". Make it the owner: ALTER DATABASE "${client.database}" OWNER TO "${client.user}".`,
      { cause },
    );
  }
}

async function readApplied(client: pg.Client): Promise<readonly Applied[]> {
  const { rows } = await client.query<Applied>(
    `SELECT "migration_name" AS name, "checksum", "finished_at" IS NOT NULL AS finished
     FROM "_prisma_migrations" WHERE "rolled_back_at" IS NULL ORDER BY "started_at"`,
  );
  return rows;
}

function checkHistory(known: readonly Migration[], applied: readonly Applied[]): void {
  for (const row of applied) {
    const migration = known.find(({ name }) => name === row.name);
    if (migration === undefined)
      throw new AppError(
        "CONFLICT",
        `The database is newer than this code: it has the migration ${row.name}, which this version does not know. Start the newer version.`,
      );
    if (!row.finished)
      throw new AppError(
        "CORRUPT_DATA",
        `The migration ${row.name} was started by another tool and did not finish. Resolve it with \`prisma migrate resolve\`.`,
      );
    if (row.checksum !== migration.checksum)
      throw new AppError(
        "CONFLICT",
        `The migration ${row.name} has changed since it was applied. Restore its file and add a new migration.`,
      );
  }
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query(migration.sql);
    await client.query(
      `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "started_at", "finished_at", "applied_steps_count")
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
    await client.query("COMMIT");
  } catch (cause) {
    await client.query("ROLLBACK");
    throw new AppError("INTERNAL", `The migration ${migration.name} failed and was rolled back.`, { cause });
  }
}

/**
 * Applies the missing migrations and returns their names. Any number of processes may call it at once.
 * @throws AppError UNAVAILABLE when no server answers; CONFLICT when an applied migration has changed or the database is newer.
 */
export async function migrate(
  url: string,
  { folder = migrationsFolder, waiting }: { readonly folder?: string; readonly waiting?: Waiting } = {},
): Promise<readonly string[]> {
  const known = await readMigrations(folder);
  const client = await openWhenReady(waiting, () => connectDirectly(url));
  try {
    await client.query("SELECT pg_advisory_lock($1)", [advisoryLock]);
    await prepareRecord(client);
    const applied = await readApplied(client);
    checkHistory(known, applied);
    const missing = known.filter(({ name }) => !applied.some((row) => row.name === name));
    for (const migration of missing) await apply(client, migration);
    return missing.map(({ name }) => name);
  } finally {
    await client.end();
  }
}
