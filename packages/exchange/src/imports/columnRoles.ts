/** The uses of the columns of a table of runs. */
export const columnRoles = [
  "key",
  "name",
  "state",
  "started",
  "ended",
  "duration",
  "tags",
  "notes",
  "parameter",
  "metric",
  "tag",
  "parameters",
  "metrics",
  "ignored",
] as const;
export type ColumnRole = (typeof columnRoles)[number];

/** Roles that a member may give to a column. */
export const choosableRoles = ["name", "notes", "parameter", "metric", "tag", "ignored"] as const satisfies readonly ColumnRole[];
export type ChoosableRole = (typeof choosableRoles)[number];

export interface ColumnChoice {
  readonly column: string;
  readonly role: ChoosableRole;
}

export interface MappedColumn {
  readonly column: string;
  readonly role: ColumnRole;
  /** Of the parameter, metric or tag; otherwise the column's. */
  readonly name: string;
  /** The cells of the first rows. */
  readonly first: readonly string[];
}
