/**
 * Databases of finished tests, restored for the next ones of the same process. Copying the template takes half a second of the processor's
 * time, restoring it a tenth of that. A database whose tables, triggers or functions were changed, or that has grown, is dropped instead.
 */
import type pg from "pg";
import type { KeptConnection } from "./keptConnection.ts";
import { withClient } from "./postgresServer.ts";

/** The state to which databases are restored. */
interface Baseline {
  readonly structure: string;
  /** JSON of the rows of each table that has any, by the table's name. */
  readonly rows: ReadonlyMap<string, string>;
  readonly sequences: readonly { readonly name: string; readonly last: string | null }[];
}

export interface PooledDatabase {
  readonly name: string;
  /** The owner's. */
  readonly url: string;
  /** Besides those of the tests. */
  readonly connection: KeptConnection;
}

/** Beyond this, deleted rows would slow the next test down. */
const maxPages = 3_000;
const schemas = "ARRAY['public'::regnamespace, 'pareidolia_jobs'::regnamespace]";

/** Of objects that came with the database server. */
const largestBuiltInOid = 16_383;

interface Structure {
  /** A number that changes with any table, column, index, constraint, trigger or function. */
  readonly structure: string;
  readonly pages: number;
  /** Tables that have or had rows. */
  readonly used: readonly string[];
}

const structureStatement = `
  SELECT bit_xor(hash_record_extended(entry, 0))::text AS structure, sizes.* FROM (
    SELECT ROW (1, oid, relname, relkind, reloptions) AS entry FROM pg_class WHERE relnamespace = ANY (${schemas})
    UNION ALL SELECT ROW (2, attrelid, attname, atttypid, attnotnull, attisdropped)
      FROM pg_attribute WHERE attrelid > ${largestBuiltInOid} AND attnum > 0
    UNION ALL SELECT ROW (3, oid, conname) FROM pg_constraint WHERE oid > ${largestBuiltInOid}
    UNION ALL SELECT ROW (4, oid, tgname, tgenabled) FROM pg_trigger
    UNION ALL SELECT ROW (5, oid, prosrc) FROM pg_proc WHERE pronamespace = ANY (${schemas})
  ) AS entries, (
    SELECT sum(pages)::int AS pages, coalesce(array_agg(oid::regclass::text) FILTER (WHERE relkind = 'r' AND pages > 0), '{}') AS used FROM (
      SELECT oid, relkind, pg_relation_size(oid) / 8192 AS pages FROM pg_class
      WHERE relkind IN ('r', 'i') AND relnamespace = ANY (${schemas}) OFFSET 0) AS relations
  ) AS sizes GROUP BY pages, used`;

async function readStructure(client: pg.Client): Promise<Structure> {
  const { rows } = await client.query<Structure>(structureStatement);
  const [row] = rows;
  if (row === undefined) throw new Error("The database has no tables.");
  return row;
}

async function readBaseline(client: pg.Client): Promise<Baseline> {
  const { structure, used } = await readStructure(client);
  const rows = new Map<string, string>();
  for (const table of used) {
    const { rows: all } = await client.query<{ json: string | null }>(`SELECT jsonb_agg(to_jsonb(t))::text AS json FROM ${table} t`);
    const json = all[0]?.json ?? null;
    // Each test has an object store of its own.
    if (json !== null && table !== "store_markers") rows.set(table, json);
  }
  const { rows: sequences } = await client.query<{ name: string; last: string | null }>(
    `SELECT format('%I.%I', schemaname, sequencename) AS name, last_value::text AS last FROM pg_sequences
     WHERE schemaname::regnamespace = ANY (${schemas})`,
  );
  return { structure, rows, sequences };
}

async function restore(client: pg.Client, used: readonly string[], { rows, sequences }: Baseline): Promise<void> {
  const statements = [
    "BEGIN",
    // Without triggers: neither foreign keys nor the audit log's own protection stop the deletion.
    "SET LOCAL session_replication_role = replica",
    ...used.map((table) => `DELETE FROM ${table}`),
    ...[...rows].map(
      ([table, json]) => `INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, ${client.escapeLiteral(json)})`,
    ),
    ...sequences.map(({ name, last }) => `SELECT setval('${name}', ${last ?? 1}, ${last !== null})`),
    "COMMIT",
  ];
  await client.query(statements.join(";\n"));
}

export class DatabasePool {
  readonly #free: PooledDatabase[] = [];
  #baseline: Baseline | null = null;

  take(): PooledDatabase | null {
    return this.#free.pop() ?? null;
  }

  /** Makes the present state of the database the one to restore, unless there is one already. */
  async learn(url: string): Promise<void> {
    this.#baseline ??= await withClient(url, readBaseline);
  }

  /** Restores the database for another test. False if it must be dropped. */
  async give(database: PooledDatabase): Promise<boolean> {
    const baseline = this.#baseline;
    if (baseline === null) return false;
    const restored = await database.connection.use(async (client) => {
      const { structure, pages, used } = await readStructure(client);
      if (structure !== baseline.structure || pages > maxPages) return false;
      await restore(client, used, baseline);
      return true;
    });
    if (restored) this.#free.push(database);
    return restored;
  }
}
