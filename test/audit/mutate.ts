/** How mutants change a statistic: values that are 2% off, and intervals of 94.5% in place of 95%, whose ends are 2.1% nearer to the estimate. */
import type { Statistics } from "@pareidolia/lab/perception/closedForms/statistics";

export interface Mutant {
  readonly name: string;
  readonly of: keyof Statistics;
  /** The real statistics but for the mutated one. */
  mutate(real: Statistics): Statistics;
}

export const factor = 1.02;
/** Half a point of coverage: the 97.25% point of the normal distribution by the 97.5% point. */
export const narrower = 1.918876 / 1.959964;
export const halfAPoint = 0.945;

type AnyFunction = (...args: never[]) => unknown;

/** A mutant that changes the result. */
export function ofResult<Name extends keyof Statistics>(
  of: Name,
  what: string,
  change: (result: ReturnType<Statistics[Name]>) => ReturnType<Statistics[Name]>,
): Mutant {
  return {
    name: `${of}: ${what}`,
    of,
    mutate(real) {
      const original = real[of] as AnyFunction;
      return { ...real, [of]: (...args: never[]) => change(original(...args) as ReturnType<Statistics[Name]>) };
    },
  };
}

export interface Ends {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

export function narrow<Interval extends Ends>(interval: Interval): Interval {
  const { estimate, low, high } = interval;
  return { ...interval, low: estimate - narrower * (estimate - low), high: estimate + narrower * (high - estimate) };
}

export function shift<Interval extends Ends>(interval: Interval): Interval {
  const by = (factor - 1) * interval.estimate;
  return { ...interval, estimate: interval.estimate + by, low: interval.low + by, high: interval.high + by };
}

export function narrowIfDefined<Found extends { readonly defined: boolean }>(found: Found): Found {
  return found.defined ? (narrow(found as unknown as Ends) as unknown as Found) : found;
}

export function scaleIfDefined<Found extends { readonly defined: boolean }>(found: Found): Found {
  return found.defined ? ({ ...found, estimate: factor * (found as unknown as Ends).estimate } as Found) : found;
}

export const scaled = (values: Float64Array): Float64Array => values.map((value) => factor * value);

/** On the scale of the estimate, which for these skills and strengths is near enough to that of the interval. */
export function narrowBounds<B extends { readonly low: Float64Array; readonly high: Float64Array } | null>(bounds: B, at: Float64Array): B {
  if (bounds === null) return bounds;
  const toward = (end: Float64Array): Float64Array => end.map((value, k) => (at[k] as number) + narrower * (value - (at[k] as number)));
  return { ...bounds, low: toward(bounds.low), high: toward(bounds.high) };
}
