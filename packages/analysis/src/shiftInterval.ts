/**
 * Estimates how much larger one sample is than another: the Hodges-Lehmann estimate (1963), which is the median of all pairwise
 * differences, with the distribution-free interval that inverts Mann and Whitney's exact test (Moses 1965): without ties, it is above 0
 * exactly if that test finds the first sample larger at the level (1 - confidence) / 2.
 *
 * With ties, if the smaller sample has at most eight values and there are at most 400 pairs, it reaches from the smallest to the largest
 * shift that the test given these ties does not reject. Where the test rejects 0, 0 is then outside or an end: values that can tie also
 * have shifts that are ends, so the interval contains the shift more often than its confidence. Larger samples with ties use U's
 * distribution without ties, whose interval contains the shift at least as often as its confidence (Noether 1967, "Wilcoxon confidence
 * intervals for location parameters in the discrete case", JASA 62:184), and may have 0 inside where the test rejects it.
 */
import { AppError } from "@pareidolia/core/appError";
import type { Interval } from "./bootstrap.ts";
import { exactDistribution, mannWhitney, maxExactSample } from "./mannWhitney.ts";
import { quantileOfSorted } from "./quantile.ts";

/** Each different shift needs a test; more pairs take seconds. */
const maxTiedPairs = 400;

/** Differences this close, in parts of the largest value, are equal: those of decimals differ in their last bits. */
const rounding = 1e-12;

/**
 * @param confidence minimum confidence level; exact intervals exist only for some levels.
 * @throws AppError INVALID_INPUT for samples that are too small for this confidence.
 */
export function shiftInterval(first: readonly number[], second: readonly number[], confidence = 0.95): Interval {
  const [m, n] = [first.length, second.length];
  const differences = Float64Array.from(first.flatMap((a) => second.map((b) => a - b))).sort();
  const tail = (1 - confidence) / 2;
  const same = rounding * Math.max(...[...first, ...second].map(Math.abs));
  const isTied = differences.some((value, k) => k > 0 && value - (differences[k - 1] as number) <= same);
  const ends =
    isTied && Math.min(m, n) <= maxExactSample && m * n <= maxTiedPairs
      ? tiedEnds(first, second, { differences, tail, same })
      : untiedEnds();
  if (ends === null)
    throw new AppError(
      "INVALID_INPUT",
      `Samples of ${m} and ${n} are too small for an interval of ${100 * confidence}%. Add values to both.`,
    );
  return { estimate: quantileOfSorted(differences, 0.5), ...ends };

  function untiedEnds(): Pick<Interval, "low" | "high"> | null {
    const shares = exactDistribution(m, n);
    // The number of differences to exclude on each side, as many as U's distribution allows.
    let cut = 0;
    for (let beyond = 0; cut < m * n; cut++) {
      beyond += shares[cut] as number;
      if (beyond > tail) break;
    }
    return cut === 0 ? null : { low: differences[cut - 1] as number, high: differences[m * n - cut] as number };
  }
}

interface Tied {
  /** Ascending. */
  readonly differences: Float64Array;
  readonly tail: number;
  readonly same: number;
}

/** Between two differences, the order of all values is the same, so one shift stands for all of them. Null without a lower or upper end. */
function tiedEnds(first: readonly number[], second: readonly number[], { differences, tail, same }: Tied) {
  const steps = [...differences].filter((value, k) => k === 0 || value - (differences[k - 1] as number) > same);
  const stepAt = (at: number): number => steps[at] as number;
  const shiftsFrom = (at: number): readonly number[] => (at < 0 ? [] : [stepAt(at), (stepAt(at) + stepAt(at + 1)) / 2]);
  const isRejected = (shift: number, side: "greater" | "less"): boolean =>
    mannWhitney(...shifted(first, second, shift, same), side).p <= tail;
  const beyond = steps.length > 1 ? stepAt(steps.length - 1) - stepAt(0) : 1;
  // Shifts below all differences, and above them, have the smallest p that the ties allow.
  if (!isRejected(stepAt(0) - beyond, "greater") || !isRejected(stepAt(steps.length - 1) + beyond, "less")) return null;
  const [last, middle] = [steps.length - 1, quantileOfSorted(differences, 0.5)];
  const low = steps.find((step, at) => (at === last ? [step] : shiftsFrom(at)).some((shift) => !isRejected(shift, "greater")));
  const high = steps.findLast((step, at) => [step, ...shiftsFrom(at - 1).slice(1)].some((shift) => !isRejected(shift, "less")));
  // Equal differences may be in different order at both ends.
  return { low: Math.min(low ?? middle, middle), high: Math.max(high ?? middle, middle) };
}

/** The samples without the shift of the first; values that rounding separates are the same. */
function shifted(first: readonly number[], second: readonly number[], shift: number, same: number): [number[], number[]] {
  const moved = first.map((value) => value - shift);
  const values = [...moved, ...second].sort((one, other) => one - other);
  const shared = values.filter((value, k) => k === 0 || value - (values[k - 1] as number) > 2 * same);
  const snap = (value: number): number => shared.findLast((one) => one <= value) as number;
  return [moved.map(snap), second.map(snap)];
}
