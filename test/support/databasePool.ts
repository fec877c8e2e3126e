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
  readonly tables: readonly string[];
  readonly sequences: readonly { readonly name: string; readonly last: string | null }[];
}

export interface PooledDatabase {
  readonly name: string;
  readonly url: string;
  /** Besides those of the tests. */
  readonly connection: KeptConnection;
}

/** Beyond this, deleted rows would slow the next test down. */
const largestPages = 3_000;
const schemas = "ARRAY['public'::regnamespace, 'pareidolia_jobs'::regnamespace]";

/** A text that changes with any table, column, index, constraint, trigger or function. */
const structureStatement = `
  SELECT md5(string_agg(entry, ',' ORDER BY entry)) AS structure, (sum(pages))::int AS pages FROM (
    SELECT concat_ws(' ', 'class', oid, relname, relkind::text, reloptions::text) AS entry, pg_relation_size(oid) / 8192 AS pages
      FROM pg_class WHERE relnamespace = ANY (${schemas})
    UNION ALL SELECT concat_ws(' ', 'column', attrelid, attname, atttypid, attnotnull, attisdropped), 0
      FROM pg_attribute JOIN pg_class c ON c.oid = attrelid WHERE attnum > 0 AND relnamespace = ANY (${schemas})
    UNION ALL SELECT concat_ws(' ', 'constraint', oid, conname), 0 FROM pg_constraint
    UNION ALL SELECT concat_ws(' ', 'trigger', oid, tgname, tgenabled::text), 0 FROM pg_trigger
    UNION ALL SELECT concat_ws(' ', 'function', oid, md5(prosrc)), 0 FROM pg_proc WHERE pronamespace = ANY (${schemas})
  ) AS entries`;

async function readStructure(client: pg.Client): Promise<{ structure: string; pages: number }> {
  const { rows } = await client.query<{ structure: string; pages: number }>(structureStatement);
  const [row] = rows;
  if (row === undefined) throw new Error("The database has no tables.");
  return row;
}

async function readBaseline(client: pg.Client): Promise<Baseline> {
  const { structure } = await readStructure(client);
  const { rows: found } = await client.query<{ name: string }>(
    `SELECT oid::regclass::text AS name FROM pg_class
     WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = ANY (${schemas}) ORDER BY 1`,
  );
  const tables = found.map(({ name }) => name);
  const rows = new Map<string, string>();
  for (const table of tables) {
    const { rows: all } = await client.query<{ json: string | null }>(`SELECT jsonb_agg(to_jsonb(t))::text AS json FROM ${table} t`);
    const json = all[0]?.json ?? null;
    // Each test has an object store of its own.
    if (json !== null && table !== "store_markers") rows.set(table, json);
  }
  const { rows: sequences } = await client.query<{ name: string; last: string | null }>(
    `SELECT format('%I.%I', schemaname, sequencename) AS name, last_value::text AS last FROM pg_sequences
     WHERE schemaname::regnamespace = ANY (${schemas})`,
  );
  return { structure, tables, rows, sequences };
}

async function restore(client: pg.Client, { tables, rows, sequences }: Baseline): Promise<void> {
  const statements = [
    "BEGIN",
    // Without triggers: neither foreign keys nor the audit log's own protection stop the deletion.
    "SET LOCAL session_replication_role = replica",
    ...tables.map((table) => `DELETE FROM ${table}`),
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
      const { structure, pages } = await readStructure(client);
      if (structure !== baseline.structure || pages > largestPages) return false;
      await restore(client, baseline);
      return true;
    });
    if (restored) this.#free.push(database);
    return restored;
  }
}
