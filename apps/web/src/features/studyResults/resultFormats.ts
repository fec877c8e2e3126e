/** Numbers of the results of a study, as text: shares in percent, coefficients without a leading zero, times, intervals. */
import { formatCount } from "../marks/numbers.ts";

const minus = "−";

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
  const text = formatUnit(share * 100);
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

const words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/** A small number as a word: `ten`; others as digits. */
export function formatSmallNumber(count: number): string {
  return words[count] ?? formatCount(count);
}
