/**
 * Rows that claims of the paper are judged by: a figure with its 95% interval and the units that the interval is over, or the p of a null
 * hypothesis with the smallest p that the test can give. docs/claims.md describes the rule that reads them.
 */
import { fewestForMedian, medianInterval } from "@pareidolia/analysis/medianInterval";
import { median } from "@pareidolia/evolution/statistics";
import { exactInterval } from "@pareidolia/perception/intervals/exactInterval";
import { studentCriticalValue } from "@pareidolia/perception/numbers/studentDistribution";
import { judge, noBar, type ReportRow } from "./report.ts";

interface Described {
  readonly id: string;
  readonly what: string;
  readonly detail?: string;
}

export interface MeasuredInterval extends Described {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** The plural of the unit that the interval generalises over, such as "runs". */
  readonly unit: string;
  readonly units: number;
}

/** A finding with the 95% interval of a method that has one. */
export function intervalRow({ estimate, low, high, unit, units, ...row }: MeasuredInterval): ReportRow {
  const words = `95% interval ${short(low)} to ${short(high)} over ${units} ${unit}`;
  return { ...finding(row, estimate, words), interval: { low, high, unit, units } };
}

/** The median over units, one value for each, with its distribution-free interval; with fewer than six units, the reason without one. */
export function medianRow({ values, unit, ...row }: Described & { readonly values: readonly number[]; readonly unit: string }): ReportRow {
  if (values.length === 0) return finding(row, null, `no ${unit}`);
  const found = medianInterval(values);
  if (found !== null) return intervalRow({ ...row, ...found, unit, units: values.length });
  return finding(row, median(values), `no 95% interval: it needs ${fewestForMedian} ${unit}, and there are ${values.length}`);
}

/** Images of one run: how many of them there are, and how many have the property. */
export interface RunShare {
  readonly having: number;
  readonly images: number;
}

/**
 * The share of images with a property, as the mean over runs of each run's share: images of one run share ancestors, so the interval, by
 * Student's t, is over runs. If all runs have the same share, the runs say nothing about their spread, and the interval is the exact one
 * for as many trials as runs. Both ends stay within 0 and 1.
 */
export function runShareRow({ runs, ...row }: Described & { readonly runs: readonly RunShare[] }): ReportRow {
  const counted = runs.filter(({ images }) => images > 0);
  const shares = counted.map(({ having, images }) => having / images);
  if (shares.length === 0) return finding(row, null, "no images");
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  if (shares.length < 2) return finding(row, mean, "no 95% interval: it needs 2 runs, and there is 1");
  const variance = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / (shares.length - 1);
  const half = studentCriticalValue(0.95, shares.length - 1) * Math.sqrt(variance / shares.length);
  const { low, high } =
    variance === 0 ? exactInterval(mean * shares.length, shares.length) : { low: Math.max(0, mean - half), high: Math.min(1, mean + half) };
  return intervalRow({ ...row, estimate: mean, low, high, unit: "runs", units: shares.length });
}

/**
 * The p of a null hypothesis. If even the smallest possible p is not below the level, the figure is null: the test cannot reject.
 * @param level the significance level; without one, the p is only shown.
 */
export function pRow(row: Described & { readonly p: number; readonly smallest: number; readonly level?: number }): ReportRow {
  const { id, what, p, smallest, level } = row;
  const least = smallest < 1e-100 ? "below 1e-100" : Number(smallest.toPrecision(2)).toString();
  const floor = `the smallest p that this test can give is ${least}`;
  const detail = row.detail ? `${row.detail}; ${floor}` : floor;
  const shown = { id, what, detail, smallestP: smallest, finding: true } as const;
  if (level === undefined) return { ...shown, figure: p, bar: noBar, holds: true };
  if (smallest < level) return { ...judge({ ...shown, figure: p, bar: { below: level } }), smallestP: smallest };
  return { ...judge({ ...shown, figure: null, bar: { below: level }, detail: `${detail}, so it needs more units` }), smallestP: smallest };
}

function finding({ id, what, detail }: Described, figure: number | null, words: string): ReportRow {
  return { id, what, figure, bar: noBar, holds: true, detail: detail ? `${words}; ${detail}` : words, finding: true };
}

function short(value: number): string {
  return Number(value.toPrecision(8)).toString();
}
