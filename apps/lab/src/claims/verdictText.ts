/** Formats the figures of a claim's rows for the reason of its verdict. */
import type { ExperimentResult } from "../experiments/experiment.ts";
import type { ReportRow } from "../report.ts";

/** The first generations of each preset's seeds, from the details of its row. */
export function firstGenerations(rows: readonly ReportRow[], ids: RegExp): string {
  return matching(rows, ids)
    .map(({ id, detail }) => `${id.split(".").at(-2)} (${detail})`)
    .join(", ");
}

export function describeFirstGenerations(rows: readonly ReportRow[]): string {
  return `The least confident digit at generation 50 is at ${span(rows, /@50$/)}, in the worst seed of each preset. Generations at which the median over the digits first reached .9999: ${firstGenerations(rows, /\.median-first$/)}. Generations at which every digit first did: ${firstGenerations(rows, /\.minimum-first$/)}.`;
}

/** An experiment's amount of computation, to compare with the paper's. */
export function amountOf(results: ReadonlyMap<string, ExperimentResult>, experiment: string, name: string): string {
  const count = results.get(experiment)?.ran?.[name];
  return count === undefined ? "an unknown number of" : String(count);
}

/** The medians of the CPPNs that the full budget continues to the last generation of the direct encoding. */
export function describeLongRuns(rows: readonly ReportRow[], generation: string): string {
  const long = matching(rows, /\.long-median$/);
  return long.length === 0 ? "" : ` (${span(long, /./)} after ${generation} generations)`;
}

/** The number of successful ascents of each network and preset. */
export function successCounts(rows: readonly ReportRow[], ids: RegExp): string {
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

/** The seeds support no more than five decimals. Smaller values, such as a p, have two significant digits. */
function short(figure: number): string {
  if (figure !== 0 && Math.abs(figure) < 1e-5) return figure.toExponential(1);
  return Number(figure.toFixed(5)).toString();
}
