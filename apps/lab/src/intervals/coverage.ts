/** Simulated coverage of intervals: how often they contain the true value, whether they stay within bounds, and where there are none. */

import { simulationRandom } from "../perception/electorates.ts";
import { judge, type ReportRow } from "../report.ts";
import { type IntervalKind, promises } from "./intervalKind.ts";

export interface Coverage {
  readonly simulations: number;
  /** Simulations with an interval, and those whose interval contains the true value. */
  readonly shown: number;
  readonly covering: number;
  /** Intervals with an end that cannot be. */
  readonly outside: number;
  readonly meanWidth: number;
  /** Why there is none, of the last simulation without an interval. */
  readonly reason: string | null;
}

/** Rounding error of an interval's end. */
const tolerance = 1e-9;

export function simulateCoverage(kind: IntervalKind, n: number, simulations: number): Coverage {
  let [shown, covering, outside, width] = [0, 0, 0, 0];
  let reason: string | null = null;
  const count = Math.max(1, Math.round(simulations * (kind.share ?? 1)));
  for (let simulation = 0; simulation < count; simulation++) {
    const { interval, truth, reason: why } = kind.draw(simulationRandom(seedOf(kind, n), simulation), n, simulation);
    if (interval === null) {
      reason = why ?? null;
      continue;
    }
    const { low, high } = interval;
    shown++;
    width += high - low;
    if (low - tolerance <= truth && truth <= high + tolerance) covering++;
    if (!(low >= kind.range[0] - tolerance && high <= kind.range[1] + tolerance && low <= high)) outside++;
  }
  return { simulations: count, shown, covering, outside, meanWidth: width / Math.max(1, shown), reason };
}

/** Each kind and size has random numbers of its own. */
function seedOf({ id }: IntervalKind, n: number): number {
  let seed = n;
  for (let at = 0; at < id.length; at++) seed = (31 * seed + id.charCodeAt(at)) % 1_000_003;
  return seed;
}

/** Begins the detail of a row about samples without one. */
export const noInterval = "no interval";

/** With an interval in fewer simulations, pages show the reason as a rule. */
const fewestShown = 0.02;

/** The coverage, or, where pages show the reason as a rule, the share of samples with an interval all the same. */
export function coverageOf(kind: IntervalKind, n: number, simulations: number): ReportRow {
  const { shown, covering, outside, meanWidth, reason, simulations: count } = simulateCoverage(kind, n, simulations);
  const row = { id: `interval.${kind.id}.${n}`, what: `${kind.what}; n = ${n} ${kind.units}` };
  if (shown < fewestShown * count)
    return judge({
      ...row,
      what: `${row.what}: samples with an interval, %`,
      // Without a reason, or with an end that cannot be, it misses its bar.
      figure: reason === null || outside > 0 ? null : (100 * shown) / count,
      bar: { below: 100 * fewestShown },
      detail: `${noInterval}: ${reason}`,
    });
  const coverage = (100 * covering) / shown;
  const [least, most] = promises[kind.promise];
  return {
    ...row,
    figure: coverage,
    bar: `${most === 100 ? `at least ${least}` : `${least} to ${most}`}, within bounds`,
    holds: coverage >= least && coverage <= most && outside === 0,
    detail: `covers ${covering} of ${shown}, mean width ${meanWidth.toPrecision(3)}, ${outside} out of bounds${shown < count ? `; ${noInterval} in ${count - shown} of ${count}: ${reason}` : ""}`,
  };
}
