/**
 * Shared by the statements that restore the rows of an export. A row has the columns of the export's table, checked by the caller; it
 * refers to others by their numbers, whose new IDs are listed here.
 */
import { numbered } from "../exports/exportTables.ts";
import { Prisma } from "../generated/client.ts";

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

/** Joins the new ID of the row to which `x.column` refers, as `name.id`. */
export function joined(name: string, ids: readonly string[], column: string, kind: "JOIN" | "LEFT JOIN" = "JOIN"): Prisma.Sql {
  const table = Prisma.raw(name);
  return Prisma.sql`${Prisma.raw(kind)} ${numbered(ids)} ${table} ON ${table}.number = x.${Prisma.raw(column)}`;
}
