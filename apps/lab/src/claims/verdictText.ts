/** Formats the figures of a claim's rows for its note. */
import type { ReportRow } from "../report.ts";

/** The first generations of each preset's seeds, from the details of its row. */
export function firstGenerations(rows: readonly ReportRow[], ids: RegExp): string {
  return matching(rows, ids)
    .map(({ id, detail }) => `${id.split(".").at(-2)} (${detail})`)
    .join(", ");
}

/** The medians of the CPPNs that the full budget continues to the last generation of the direct encoding. */
export function describeLongRuns(rows: readonly ReportRow[]): string {
  const long = matching(rows, /\.long-median$/);
  return long.length === 0 ? "" : ` (${span(long, /./)} at the direct encoding's last generation)`;
}

/** The number of successful ascents of each network and preset. */
export function successCounts(rows: readonly ReportRow[], ids: RegExp): string {
  const words = matching(rows, ids).map(({ id, figure, what }) => `${id.slice("ascent.".length)} ${figure} ${what.split(" ascents")[0]}`);
  return words.length === 0 ? "none ran" : words.join(", ");
}

/** From the lowest to the highest figure. */
export function span(rows: readonly ReportRow[], ids: RegExp): string {
  const figures = figuresOf(rows, ids);
  if (figures.length === 0) return "no figure";
  const [low, high] = [Math.min(...figures), Math.max(...figures)].map(short);
  return low === high ? `${low}` : `${low} to ${high}`;
}

function figuresOf(rows: readonly ReportRow[], ids: RegExp): readonly number[] {
  return matching(rows, ids).flatMap(({ figure }) => figure ?? []);
}

function matching(rows: readonly ReportRow[], ids: RegExp): readonly ReportRow[] {
  return rows.filter(({ id }) => ids.test(id));
}

/**
 * The seeds support no more than five decimals. Smaller values, such as a p, have two significant digits, and values near 1, such as a
 * confidence, have eight decimals, since their distance from 1 counts.
 */
function short(figure: number): string {
  if (figure !== 0 && Math.abs(figure) < 1e-5) return figure.toExponential(1);
  return Number(figure.toFixed(figure < 1 && figure > 0.9999 ? 8 : 5)).toString();
}
