/** The parts of result documents: figures with interval and number of cases, and the reason where a figure is undefined. */
import type { Interval } from "@pareidolia/analysis/bootstrap";
import { integer, list, nullable, number, record, type Shape, text } from "@pareidolia/core/documentShape";
import { type CoefficientInterval, type Undefined, undefinedBecause } from "../../agreement/coefficient.ts";

/** An estimate with its 95% interval. */
export interface Figure extends Interval {
  /** Number of cases: votes, unless the field says otherwise. */
  readonly n: number;
}

export type OrReason<T> = ({ readonly defined: true } & T) | Undefined;

export const figureShape: Shape<Figure> = record({ estimate: number, low: number, high: number, n: integer });

const reasonShape = record({ reason: text });

/** A part of a document, or why it is undefined. */
export function orReason<T extends object>(shape: Shape<T>): Shape<OrReason<T>> {
  return (value, path) => {
    const isDefined = typeof value === "object" && value !== null && (value as { defined?: unknown }).defined === true;
    return isDefined ? { defined: true, ...shape(value, path) } : { defined: false, ...reasonShape(value, path) };
  };
}

export function defined<T extends object>(part: T): OrReason<T> {
  return { defined: true, ...part };
}

/** The figure, or the reason if there is no interval, or a bound of it is not a number. */
export function figureOf(interval: Interval | null, n: number, reason: string): OrReason<Figure> {
  if (interval === null) return undefinedBecause(reason);
  const { estimate, low, high } = interval;
  return [estimate, low, high].every(Number.isFinite) ? { defined: true, estimate, low, high, n } : undefinedBecause(reason);
}

/** An agreement coefficient; `n` counts votes. */
export interface CoefficientFigure extends Figure {
  readonly items: number;
  /** Resamples for which the coefficient is undefined. */
  readonly undefinedResamples: number;
}

export const coefficientShape: Shape<OrReason<CoefficientFigure>> = orReason(
  record<CoefficientFigure>({ estimate: number, low: number, high: number, n: integer, items: integer, undefinedResamples: integer }),
);

export function coefficientFigure(coefficient: CoefficientInterval): OrReason<CoefficientFigure> {
  if (!coefficient.defined) return coefficient;
  const { estimate, low, high, votes, items, undefinedResamples } = coefficient;
  return { defined: true, estimate, low, high, n: votes, items, undefinedResamples };
}

export const integers = list(integer);
export const numbersOrNull = list(nullable(number));

/** NaN, which JSON lacks, as null. */
export function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

export const noVotes = "There are no votes yet.";

/**
 * Resamples for an interval: 2,000, and fewer for more than 2,000 units, whose intervals are narrow; at least 200, which place an end of a
 * 95% interval within about a tenth of its width.
 */
export function resamplesFor(units: number): number {
  return Math.max(200, Math.min(2000, Math.round(4e6 / Math.max(1, units))));
}
