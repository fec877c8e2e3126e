/** The form of an entry of the registry of columns. */

/**
 * `chain`: the hash chain of the run covers it, and verifying the run names the step. `verify`: verifying the run names it. `check`:
 * `npm run store -- check` names it. `seal`: the row has a hash of it, a trigger refuses another value, and `npm run store -- check` names a
 * change without the trigger. `refused`: Postgres refuses the change by a foreign key, a generated column or a trigger.
 */
export const checks = ["chain", "verify", "check", "seal", "refused"] as const;
export type ColumnCheck = (typeof checks)[number];

/**
 * Columns by their check, as names with spaces between them. `unchecked`: those that no other row, image or network gives, with the reason:
 * members may change them, they say when or by what a row was written, or they are of work in progress and shown nowhere as a result.
 */
export interface TableColumns extends Readonly<Partial<Record<ColumnCheck, string>>> {
  readonly unchecked?: Readonly<Record<string, string>>;
}

export type ColumnsOfTables = Readonly<Record<string, TableColumns>>;
