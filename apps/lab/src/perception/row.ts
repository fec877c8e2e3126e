/** Rows of `npm run repro -- perception`: figures within a tolerance of a known value, and what was not measured. */
import type { ReportRow } from "../report.ts";

interface Described {
  readonly id: string;
  readonly what: string;
  readonly detail?: string;
}

/** Holds if the figure is within `tolerance` of `expected`, with an allowance for rounding of 1e-9. */
export function near(row: Described & { figure: number; expected: number; tolerance: number }): ReportRow {
  const { id, what, detail = "", figure, expected, tolerance } = row;
  return { id, what, figure, bar: `${expected} ± ${tolerance}`, holds: Math.abs(figure - expected) <= tolerance + 1e-9, detail };
}

/** Several figures of one kind: the row shows the one that deviates most. */
export function nearAll(row: Described & { figures: readonly number[]; expected: readonly number[]; tolerance: number }): ReportRow {
  const { figures, expected, tolerance } = row;
  const deviations = figures.map((figure, k) => Math.abs(figure - (expected[k] as number)));
  const worst = deviations.indexOf(Math.max(...deviations));
  const same = figures.length === expected.length;
  const shown = `${row.detail ?? ""}${row.detail ? "; " : ""}figures ${figures.map((figure) => Number(figure.toFixed(6))).join(" ")}`;
  const judged = near({ ...row, figure: figures[worst] as number, expected: expected[worst] as number, tolerance, detail: shown });
  return { ...judged, holds: same && judged.holds };
}

export function notMeasured(row: Described & { bar: string; reason: string }): ReportRow {
  const { id, what, bar, reason } = row;
  return { id, what, figure: null, bar, holds: false, detail: `not measured: ${reason}` };
}

/** Coverage of 95% intervals, in percent: within 2 points of 95. */
export function coverageRow(row: Described & { covered: number; of: number }): ReportRow {
  const { covered, of, ...described } = row;
  return near({ ...described, figure: (100 * covered) / of, expected: 95, tolerance: 2 });
}
