/** A sweep as its page shows it, and the words for its values. */
import type { SweepPageQuery } from "../../graphql/generated/graphql.ts";

export type SweepOnPage = NonNullable<SweepPageQuery["sweep"]>;
export type SweepPoint = SweepOnPage["results"]["points"][number];
export type SweepRunResult = SweepPoint["runs"][number];

/** The display text of a point's value on an axis. */
export function labelOfValue(axis: SweepOnPage["axes"][number], value: unknown): string {
  const text = JSON.stringify(value);
  const at = (axis.values as readonly unknown[]).findIndex((each) => JSON.stringify(each) === text);
  return axis.valueLabels[at] ?? String(value);
}

export function labelOfPoint(sweep: SweepOnPage, point: SweepPoint): string {
  return sweep.axes.map((axis, i) => labelOfValue(axis, (point.values as readonly unknown[])[i])).join(", ");
}

/** Nines with two decimals, as in `2.46`. */
export function formatNines(nines: number): string {
  return nines.toFixed(2);
}

export function confidenceOfNines(nines: number): number {
  return 1 - 10 ** -nines;
}

/** A share from 0 to 1 without its leading zero: `.58`, `1.0`. */
export function formatShareOfVariance(share: number): string {
  return share >= 0.995 ? "1.0" : share.toFixed(2).replace(/^0/, "");
}

export const isActiveSweep = (state: string): boolean => state === "RUNNING" || state === "PAUSED";

/** Ended runs of a sweep, over which its progress counts. */
export function countEnded({ succeeded, failed, cancelled }: { succeeded: number; failed: number; cancelled: number }): number {
  return succeeded + failed + cancelled;
}
