/**
 * The rows of a list while someone reads it: those that are shown stay where they are and get their present values, and new ones wait. Rows
 * that have left the page keep their last values.
 */

export interface Listed<Row> {
  readonly rows: readonly Row[];
  /** Where the next page starts; null for the last page. */
  readonly next: string | null;
}

export interface Held<Row> {
  readonly shown: Listed<Row>;
  /** How many rows the list has that are not shown. */
  readonly newCount: number;
  /** Whether the rows that are shown are in another order than the list's, or are no longer in it. */
  readonly hasMoved: boolean;
}

/** @param idOf names a row, the same after each request. */
export function holdRows<Row>(shown: Listed<Row>, present: Listed<Row>, idOf: (row: Row) => string): Held<Row> {
  const rows = new Map(present.rows.map((row) => [idOf(row), row]));
  const known = new Set(shown.rows.map(idOf));
  const stillListed = shown.rows.filter((row) => rows.has(idOf(row))).map(idOf);
  const inPresentOrder = present.rows.map(idOf).filter((id) => known.has(id));
  return {
    shown: { rows: shown.rows.map((row) => rows.get(idOf(row)) ?? row), next: shown.next },
    newCount: present.rows.filter((row) => !known.has(idOf(row))).length,
    hasMoved: stillListed.length < shown.rows.length || stillListed.some((id, i) => id !== inPresentOrder[i]),
  };
}
