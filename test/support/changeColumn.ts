/** Changes one column of one row in a database, as a person with access to the database could, and restores it. */
import pg from "pg";

interface Column {
  readonly name: string;
  readonly type: string;
  /** Of an enumeration. */
  readonly udt: string;
}

export interface Place {
  readonly table: string;
  readonly column: string;
  /** SQL; only rows that meet it. */
  readonly where?: string | undefined;
}

/** The columns of each table of the product, in the order of the database. */
export async function listDatabaseColumns(client: pg.Client): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await client.query<{ table: string; column: string }>(
    `SELECT c.table_name AS table, c.column_name AS column FROM information_schema.columns c
     JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' ORDER BY c.table_name, c.ordinal_position`,
  );
  const tables = new Map<string, string[]>();
  for (const { table, column } of rows) tables.set(table, [...(tables.get(table) ?? []), column]);
  return tables;
}

async function describe(client: pg.Client, { table, column }: Place): Promise<Column> {
  const { rows } = await client.query<Column>(
    `SELECT column_name AS name, data_type AS type, udt_name AS udt FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = $1 AND column_name = $2`,
    [table, column],
  );
  if (rows[0] === undefined) throw new Error(`There is no ${table}.${column}.`);
  return rows[0];
}

/** The first number of a document is another one; a document without numbers gets another text. */
function changeDocument(value: unknown): unknown {
  let isDone = false;
  const change = (part: unknown): unknown => {
    if (isDone || part === null) return part;
    if (typeof part === "number") {
      isDone = true;
      return Number.isInteger(part) ? part * 3 + 1 : part / 2;
    }
    if (Array.isArray(part)) return part.map(change);
    if (typeof part === "object") return Object.fromEntries(Object.entries(part).map(([name, item]) => [name, change(item)]));
    return part;
  };
  const changed = change(value);
  if (isDone) return changed;
  const text = JSON.stringify(value);
  return JSON.parse(text.replace(/:\s*"([^"]*)"/, ':"$1x"')) as unknown;
}

interface Expression {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** Values that a change by the rules below would leave within what a check allows, or that only some tables have. */
const special: Readonly<Record<string, string>> = {
  "runs.plan": "jsonb_set(plan, '{offspring}', to_jsonb((plan ->> 'offspring')::int + 2))",
  "runs.compute_seconds": "compute_seconds + 100",
  // A genome is never its own parent; any other could be one of those it has.
  "genomes.first_parent_id": "id",
  "genomes.second_parent_id": "id",
  "genomes.copied_parents": "ARRAY[generation, index]",
  "study_voters.finished_at": "NULL",
};

/** Columns that name an image: another image that is stored. */
const imageColumns = new Set(["image_sha256", "original_sha256"]);

/** SQL for other values of the column, of which the first is taken that no constraint refuses. */
function expressionsOf({ name, type, udt }: Column, { table }: Place, current: unknown): readonly Expression[] {
  const column = pg.escapeIdentifier(name);
  const own = `${pg.escapeIdentifier(table)}.${column}`;
  const plain = (...sql: readonly string[]): readonly Expression[] => sql.map((one) => ({ sql: one, values: [] }));
  const given = special[`${table}.${name}`];
  if (given !== undefined) return plain(given);
  if (imageColumns.has(name)) return plain(`(SELECT i.sha256 FROM images i WHERE i.sha256 <> ${own} ORDER BY i.sha256 DESC LIMIT 1)`);
  if (current === null) {
    const usual: Readonly<Record<string, string>> = {
      integer: "1",
      boolean: "true",
      "double precision": "0.5",
      text: "'x'",
      jsonb: "'{\"x\": 1}'",
    };
    return plain(usual[type] ?? (type === "USER-DEFINED" ? `(enum_range(NULL::"${udt}"))[1]` : "now()"));
  }
  if (type === "jsonb") return [{ sql: "$1::jsonb", values: [JSON.stringify(changeDocument(current))] }];
  if (type === "ARRAY") {
    const [first = 0, ...others] = current as readonly number[];
    return [{ sql: "$1", values: [[Number.isInteger(first) ? first + 1 : first / 2 + 0.001, ...others]] }];
  }
  if (type === "double precision")
    return plain(
      `CASE WHEN ${column} = 0 THEN 0.25 WHEN ${column} > 0.5 AND ${column} <= 1 THEN ${column} / 2 ELSE ${column} * 1.5 + 0.001 END`,
    );
  if (type === "integer" || type === "bigint") return plain(...[1, -1, 2, 100].map((step) => `${column} + ${step}`));
  if (type === "numeric") return plain(...[0.5, -0.5].map((step) => `${column} + ${step}`));
  if (type === "boolean") return plain(`NOT ${column}`);
  const byte = `least(3, length(${column}) - 1)`;
  if (type === "bytea") return plain(`set_byte(${column}, ${byte}, get_byte(${column}, ${byte}) # 1)`);
  if (type.startsWith("timestamp")) return plain(`${column} + interval '1 day'`);
  if (type === "USER-DEFINED")
    return plain(`(SELECT value FROM unnest(enum_range(NULL::"${udt}")) value WHERE value <> ${column} ORDER BY value DESC LIMIT 1)`);
  if (/^[0-9a-f]{64}$/.test(typeof current === "string" ? current : ""))
    return plain(`overlay(${column} placing CASE WHEN left(${column}, 1) = '0' THEN '1' ELSE '0' END from 1 for 1)`);
  const another = `coalesce((SELECT o.${column} FROM ${pg.escapeIdentifier(table)} o WHERE o.${column} <> ${own} LIMIT 1), ${column} || 'x')`;
  return name.endsWith("_id") ? plain(another, `${column} || 'x'`) : plain(`${column} || 'x'`);
}

/** Of class 23: a constraint refuses the value. */
function isRefused(error: unknown): boolean {
  return String((error as { readonly code?: unknown }).code).startsWith("23");
}

/**
 * Changes the first row that no constraint protects, one with a value if there is one, without foreign keys and triggers.
 * @param asUser with foreign keys and triggers, and the first row only, whose change may be refused.
 * @returns what restores it.
 */
export async function changeColumn(client: pg.Client, place: Place, asUser = false): Promise<() => Promise<void>> {
  const description = await describe(client, place);
  const [table, column] = [place.table, place.column].map((name) => pg.escapeIdentifier(name));
  const found = await client.query<{ ctid: string; value: unknown; text: string | null }>(
    `SELECT ctid::text, ${column} AS value, ${column}::text AS text FROM ${table} WHERE ${place.where ?? "true"}
     ORDER BY ${column} IS NULL, ctid LIMIT ${asUser ? 1 : 50}`,
  );
  if (found.rows.length === 0) throw new Error(`No row of ${place.table} is there to change.`);
  const update = async (expression: string, parameters: readonly unknown[], ctid: string): Promise<string> => {
    await client.query("BEGIN");
    try {
      if (!asUser) await client.query("SET LOCAL session_replication_role = replica");
      const changed = await client.query<{ ctid: string; text: string | null }>(
        `UPDATE ${table} SET ${column} = ${expression} WHERE ctid = '${ctid}' RETURNING ctid::text, ${column}::text AS text`,
        [...parameters],
      );
      await client.query("COMMIT");
      if (changed.rows[0] === undefined) throw new Error(`${place.table}.${place.column} was not changed.`);
      return changed.rows[0].ctid;
    } catch (error) {
      await client.query("ROLLBACK");
      throw error;
    }
  };
  const tries = found.rows.flatMap((row) => expressionsOf(description, place, row.value).map((expression) => ({ row, ...expression })));
  const changed = async () => {
    for (const [at, { row, sql, values }] of tries.entries())
      try {
        return { row, ctid: await update(sql, values, row.ctid) };
      } catch (error) {
        if (!isRefused(error) || at === tries.length - 1) throw error;
      }
    throw new Error(`${place.table}.${place.column} has no other value.`);
  };
  const { row, ctid } = await changed();
  const { rows } = await client.query<{ text: string | null }>(`SELECT ${column}::text AS text FROM ${table} WHERE ctid = '${ctid}'`);
  if (rows[0]?.text === row.text) throw new Error(`The change of ${place.table}.${place.column} gives the same value.`);
  const type =
    description.type === "USER-DEFINED" ? `"${description.udt}"` : description.type === "ARRAY" ? description.udt : description.type;
  return async () => void (await update(`$1::text::${type}`, [row.text], ctid));
}
