/** Formats the figures of a claim's rows for the reason of its verdict. */
import type { ExperimentResult } from "../experiments/experiment.ts";
import type { ReportRow } from "../report.ts";

/** The generations of each preset's seeds, from the rows. */
export function firsts(rows: readonly ReportRow[], ids: RegExp): string {
  return matching(rows, ids)
    .map(({ id, detail }) => `${id.split(".").at(-2)} (${detail})`)
    .join(", ");
}

export function sayHowSoon(rows: readonly ReportRow[]): string {
  return `The least certain digit at generation 50 is at ${span(rows, /@50$/)}, the worst seed of each preset. The median over the digits first came to .9999 at these generations, ${firsts(rows, /\.median-first$/)}; every digit at these, ${firsts(rows, /\.minimum-first$/)}.`;
}

/** An experiment's amount of computation, to compare with the paper's. */
export function ranOf(results: ReadonlyMap<string, ExperimentResult>, experiment: string, name: string): string {
  const count = results.get(experiment)?.ran?.[name];
  return count === undefined ? "an unknown number of" : String(count);
}

/** The medians of CPPNs that a long budget continues. */
export function sayLong(rows: readonly ReportRow[], generation: string): string {
  const long = matching(rows, /\.long-median$/);
  return long.length === 0 ? "" : `, and ${span(long, /./)} after ${generation}`;
}

/** The number of successful ascents of each network and preset. */
export function counts(rows: readonly ReportRow[], ids: RegExp): string {
  const words = matching(rows, ids).map(({ id, figure, what }) => `${id.slice("ascent.".length)} ${figure} ${what.split(" ascents")[0]}`);
  return words.length === 0 ? "none ran" : words.join(", ");
}

/** From the lowest to the highest figure. */
export function span(rows: readonly ReportRow[], ids: RegExp): string {
  const figures = figuresOf(rows, ids);
  const [low, high] = [Math.min(...figures), Math.max(...figures)].map(short);
  return low === high ? `${low}` : `${low} to ${high}`;
}

export function highest(rows: readonly ReportRow[], ids: RegExp): string {
  return short(Math.max(...figuresOf(rows, ids)));
}

function figuresOf(rows: readonly ReportRow[], ids: RegExp): readonly number[] {
  return matching(rows, ids).flatMap(({ figure }) => figure ?? []);
}

function matching(rows: readonly ReportRow[], ids: RegExp): readonly ReportRow[] {
  return rows.filter(({ id }) => ids.test(id));
}

/** Five decimals are all that the seeds support; for smaller values, such as a p, only the order of magnitude. */
function short(figure: number): string {
  if (figure !== 0 && Math.abs(figure) < 1e-5) return figure.toExponential(1);
  return Number(figure.toFixed(5)).toString();
}
