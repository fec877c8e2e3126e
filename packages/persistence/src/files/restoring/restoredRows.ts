/**
 * Shared by the statements that restore the rows of an export. A row has the columns of the export's table, checked by the caller; it
 * refers to others by their numbers, whose new IDs are listed here.
 */
import { Prisma } from "../../generated/client.ts";

export type RestoredRow = Readonly<Record<string, unknown>>;

/** New IDs by the number in the export. */
export interface RestoredIds {
  readonly workspaceId: string;
  /** The member who imports. */
  readonly createdById: string;
  readonly importId: string;
  readonly experiments: readonly string[];
  readonly sweeps: readonly string[];
  readonly models: readonly string[];
  readonly runs: readonly string[];
  readonly comments: readonly string[];
}

/** The rows of a statement as the table `x`. @param columns such as `run int, step int`. */
export function given(rows: readonly object[], columns: string): Prisma.Sql {
  return Prisma.sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS x (${Prisma.raw(columns)})`;
}

/** A column of rows that refers to others by number. */
interface Reference {
  /** New IDs by number. */
  readonly ids: readonly string[];
  readonly rows: readonly object[];
  readonly column: string;
}

/**
 * Joins the new ID of the row to which `x.column` refers, as `name.id`. Sends the IDs to which these rows refer and no others: an export
 * has up to 25,000 runs and thousands of statements.
 */
export function joined(name: string, { ids, rows, column }: Reference, kind: "JOIN" | "LEFT JOIN" = "JOIN"): Prisma.Sql {
  const table = Prisma.raw(name);
  const used = new Map<number, string>();
  for (const row of rows) {
    const number = (row as Readonly<Record<string, unknown>>)[column];
    const id = typeof number === "number" ? ids[number] : undefined;
    if (id !== undefined) used.set(number as number, id);
  }
  return Prisma.sql`${Prisma.raw(kind)} unnest(${[...used.keys()]}::int[], ${[...used.values()]}::text[]) AS ${table} (number, id)
    ON ${table}.number = x.${Prisma.raw(column)}`;
}
