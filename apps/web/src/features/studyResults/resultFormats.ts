/** Numbers of the results of a study, as text: shares in percent, coefficients without a leading zero, times, intervals. */
import type { ShareInterval } from "@pareidolia/perception/intervals/shareInterval";
import type { Figure, OrReason, Population } from "@pareidolia/perception/study/results/figure";
import { formatCount } from "../marks/numbers.ts";

const minus = "−";

/** Over what an interval generalises. */
export const namesOfPopulations: Readonly<Record<Population, string>> = {
  voters: "other voters and these images",
  images: "these voters and other images",
  votersAndImages: "other voters and other images",
  answers: "other answers of these voters to these images",
};

export const shareIntervalNames: Readonly<Record<ShareInterval, string>> = {
  wilson: "95% Wilson interval",
  sequence: "95% confidence sequence",
};

/** Of which kind an interval is: "95% interval for other voters and other images". */
export function intervalKind(over: Population): string {
  return `95% interval for ${namesOfPopulations[over]}`;
}

/** The kinds of these intervals in one line, each once: "95% for other voters and other images"; null without intervals. */
export function intervalKinds(populations: Iterable<Population>): string | null {
  const names = [...new Set(populations)].map((over) => namesOfPopulations[over]);
  return names.length === 0 ? null : `95% for ${names.join(", or for ")}`;
}

/** For the name of a chart: " with intervals, 95% for other voters and other images"; empty without intervals. */
export function withIntervals(populations: Iterable<Population>): string {
  const kinds = intervalKinds(populations);
  return kinds === null ? "" : ` with intervals, ${kinds}`;
}

/** Over what the intervals of these figures generalise; those without interval are left out. */
export function populationsOf(figures: readonly OrReason<Figure>[]): Population[] {
  return figures.flatMap((figure) => (figure.defined ? [figure.over] : []));
}

/** A share as a percentage, with one decimal unless it is whole: `23.8%`, `100%`. */
export function formatShare(share: number): string {
  const percent = (share * 100).toFixed(1);
  return `${percent.endsWith(".0") ? percent.slice(0, -2) : percent}%`;
}

/** A share in a matrix or on an axis, as whole percents: `24`. */
export function formatWholePercent(share: number): string {
  return String(Math.round(share * 100));
}

/** A coefficient or probability with two decimals and no leading zero: `.31`, `−.02`, `1.00`. */
export function formatUnit(value: number, decimals = 2): string {
  const text = Math.abs(value).toFixed(decimals);
  const short = text.startsWith("0.") ? text.slice(1) : text;
  return Number(text) !== 0 && value < 0 ? `${minus}${short}` : short;
}

/** The change of a share, in percentage points with a sign: `+.13`, `−1.20`. */
export function formatPoints(share: number): string {
  return formatNines(share * 100);
}

/** A difference in nines, with a sign: `+.13`, `−1.20`. */
export function formatNines(nines: number): string {
  const text = formatUnit(nines);
  return text.startsWith(minus) ? text : `+${text}`;
}

/** A probability of a test: `p = .009`, `p < .001`. */
export function formatP(p: number): string {
  return p < 0.001 ? "p < .001" : `p = ${formatUnit(p, 3)}`;
}

/** Milliseconds as seconds from one second: `1.9 s`, `640 ms`. */
export function formatMilliseconds(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

export function formatInterval({ low, high }: { readonly low: number; readonly high: number }, format: (value: number) => string): string {
  return `${format(low)} – ${format(high)}`;
}

/** `1 vote`, `2,858 votes`. */
export function formatCounted(count: number, one: string, several = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : several}`;
}

/** A figure with its interval and number of cases, or its reason, for titles. */
export function describeFigure(figure: OrReason<Figure>, format: (value: number) => string): string {
  if (!figure.defined) return figure.estimate === undefined ? figure.reason : `${format(figure.estimate)}. ${figure.reason}`;
  const interval = `${intervalKind(figure.over)} ${formatInterval(figure, format)}`;
  return `${format(figure.estimate)} of ${formatCount(figure.n)}, ${interval}`;
}

const words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/** A small number as a word: `ten`; others as digits. */
export function formatSmallNumber(count: number): string {
  return words[count] ?? formatCount(count);
}
