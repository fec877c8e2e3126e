/** The cells of a file for an interval: its ends, over what it generalises, and why there is none. */
import type { CsvValue } from "./csv.ts";

export interface FileInterval {
  readonly low?: number | null | undefined;
  readonly high?: number | null | undefined;
  readonly intervalReason?: string | null | undefined;
}

/** @param of what, such as "mean", if a row has intervals of several figures. */
export function intervalColumns(of?: string): readonly string[] {
  return ["low", "high", "interval for", "no interval because"].map((name) => (of === undefined ? name : `${of} ${name}`));
}

/** @param over such as "other runs". */
export function intervalCells(interval: FileInterval | null | undefined, over: string): readonly CsvValue[] {
  const { low, high, intervalReason } = interval ?? {};
  return [low ?? null, high ?? null, low == null ? null : over, intervalReason ?? null];
}
