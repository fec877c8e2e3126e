/** The results on a perturbation's page, in order of the bounds. */
import type { PerturbationRowFragment } from "../../graphql/generated/graphql.ts";
import { formatCount } from "../marks/numbers.ts";

export type PerturbationRow = PerturbationRowFragment;

/** A result of an attack with a bound. */
export type BoundedRow = PerturbationRow & { readonly bound: number };

export function isBounded(row: PerturbationRow): row is BoundedRow {
  return typeof row.bound === "number";
}

export function mergeResults(known: readonly PerturbationRow[], arriving: readonly PerturbationRow[]): readonly PerturbationRow[] {
  if (arriving.length === 0) return known;
  const byId = new Map(known.map((row) => [row.id, row]));
  for (const row of arriving) byId.set(row.id, row);
  return [...byId.values()].sort((a, b) => a.index - b.index);
}

/** The result to show first: the one with the smallest successful bound, or the largest bound if none succeeded. */
export function defaultResult(rows: readonly PerturbationRow[]): PerturbationRow | undefined {
  return rows.find(({ success }) => success) ?? rows.at(-1);
}

/** Grey levels with at most two decimals. */
export function formatPixels(value: number): string {
  return value >= 100 ? formatCount(value) : value.toFixed(value >= 10 ? 1 : 2).replace(/\.?0+$/, "");
}

/** The unit after a number of `formatPixels`. */
export function greyLevels(value: number): string {
  return formatPixels(value) === "1" ? "grey level" : "grey levels";
}
