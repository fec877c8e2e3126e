/**
 * A finding: a column of a bundle that states something else than the rows, images or networks from which it follows. Verifications of
 * runs, imports and the check of the store all report findings.
 */
import type { bundleTables, TableName } from "@pareidolia/exchange/bundleTables";
import { notRestorable } from "@pareidolia/exchange/restoring/notRestorable";

/** A column by the names of a bundle, such as `runs.median`. */
export type ColumnName = { [Name in TableName]: `${Name}.${keyof (typeof bundleTables)[Name]["columns"] & string}` }[TableName];

export type Stated = number | string | boolean | null;

export interface Finding {
  /** A column of an export, or of the database, such as `run_totals.elites`. */
  readonly column: string;
  /** The row, such as "generation 4 of RUN-12". */
  readonly place: string;
  readonly stored: Stated;
  readonly computed: Stated;
}

/** Takes each finding; an import throws at the first. */
export type Report = (finding: Finding) => void;

const maxKept = 20;

/** Means and medians that are summed or sorted by another program differ in their last bits. */
const roundingShare = 1e-12;

export function isSameFigure(stored: Stated, computed: Stated): boolean {
  if (typeof stored !== "number" || typeof computed !== "number") return stored === computed;
  return Object.is(stored, computed) || Math.abs(stored - computed) <= roundingShare * Math.max(Math.abs(stored), Math.abs(computed));
}

/** Reports each column of the row whose stored value is not the computed one. */
export function compareFigures(report: Report, place: string, columns: Partial<Record<ColumnName, readonly [Stated, Stated]>>): void {
  for (const [column, [stored, computed]] of Object.entries(columns))
    if (!isSameFigure(stored, computed)) report({ column, place, stored, computed });
}

/** Reports the first value of a list that differs. */
export function compareLists(
  report: Report,
  { column, place }: { readonly column: ColumnName; readonly place: string },
  stored: readonly number[],
  computed: readonly number[],
): void {
  const length = Math.max(stored.length, computed.length);
  const at = Array.from({ length }, (_, index) => index).find((index) => stored[index] !== computed[index]);
  if (at !== undefined)
    report({ column, place: `value ${at + 1} of ${place}`, stored: stored[at] ?? null, computed: computed[at] ?? null });
}

/** Such as "runs.median of RUN-12 is 0.7; computed again, it is 0.5". */
export function describeFinding({ column, place, stored, computed }: Finding): string {
  return `${column} of ${place} is ${stated(stored)}; computed again, it is ${stated(computed)}`;
}

/** Distinct findings in the order in which they were made, up to a number that a person reads: two checks may read the same column. */
export class Findings {
  readonly first: Finding[] = [];
  count = 0;
  readonly #known = new Set<string>();

  readonly report: Report = (finding) => {
    const text = describeFinding(finding);
    if (this.#known.has(text)) return;
    this.#known.add(text);
    this.count++;
    if (this.first.length < maxKept) this.first.push(finding);
  };

  /** @throws AppError CORRUPT_DATA with the findings, if there are any. */
  refuse(): void {
    if (this.count === 0) return;
    const more = this.count - this.first.length;
    throw notRestorable([...this.first.map(describeFinding), ...(more > 0 ? [`and ${more} more`] : [])].join(". "));
  }
}

/** Refuses an export with a wrong figure. */
export const refuseFinding: Report = (finding) => {
  throw notRestorable(describeFinding(finding));
};

function stated(value: Stated): string {
  return value === null ? "empty" : String(value);
}
