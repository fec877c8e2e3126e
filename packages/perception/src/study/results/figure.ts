/** The parts of result documents: figures with interval and number of cases, and the reason where a figure is undefined. */
import type { Interval } from "@pareidolia/analysis/bootstrap";
import { integer, list, nullable, number, oneOf, record, type Shape, text } from "@pareidolia/core/documentShape";
import { type CoefficientInterval, type Undefined, undefinedBecause } from "../../agreement/coefficient.ts";
import type { BoundsOrReason } from "../../intervals/bounds.ts";
import { shareOverVoters, type VotesOfVoters } from "../../intervals/shareOverVoters.ts";

/**
 * Over what an interval generalises: other voters on these images, other images and these voters, or both; or other answers of these voters
 * to these images.
 */
export const populations = ["voters", "images", "votersAndImages", "answers"] as const;
export type Population = (typeof populations)[number];

/** An estimate with its 95% interval. */
export interface Figure extends Interval {
  readonly over: Population;
  /** Number of cases: votes, unless the field says otherwise. */
  readonly n: number;
}

export type OrReason<T> = ({ readonly defined: true } & T) | Undefined;

export const figureShape: Shape<Figure> = record({ estimate: number, low: number, high: number, n: integer, over: oneOf(populations) });

const reasonFields = record({ reason: text });
const estimateFields = record({ estimate: number });
const reasonShape = (value: unknown, path: string): Omit<Undefined, "defined"> => ({
  ...reasonFields(value, path),
  ...((value as { estimate?: unknown }).estimate === undefined ? {} : estimateFields(value, path)),
});

/** A part of a document, or the reason why it is undefined. */
export function orReason<T extends object>(shape: Shape<T>): Shape<OrReason<T>> {
  return (value, path) => {
    const isDefined = typeof value === "object" && value !== null && (value as { defined?: unknown }).defined === true;
    return isDefined ? { defined: true, ...shape(value, path) } : { defined: false, ...reasonShape(value, path) };
  };
}

export function defined<T extends object>(part: T): OrReason<T> {
  return { defined: true, ...part };
}

/** The figure, or the reason if there is no interval, or a bound of it is not a number; with the estimate if that is one. */
export function figureOf(interval: Interval | null, n: number, over: Population, reason: string): OrReason<Figure> {
  if (interval === null) return undefinedBecause(reason);
  const { estimate, low, high } = interval;
  if ([estimate, low, high].every(Number.isFinite)) return { defined: true, estimate, low, high, n, over };
  return undefinedBecause(reason, Number.isFinite(estimate) ? estimate : undefined);
}

/** An estimate with its interval, or with the reason why it has none. */
export function figureWith(estimate: number, bounds: BoundsOrReason, n: number, over: Population): OrReason<Figure> {
  return bounds.defined ? defined({ estimate, low: bounds.low, high: bounds.high, n, over }) : undefinedBecause(bounds.reason, estimate);
}

/** A share of votes with its interval for other voters; `n` counts votes. */
export function figureOverVoters(votes: VotesOfVoters, reason = noVotes): OrReason<Figure> {
  const found = shareOverVoters(votes, reason);
  return "share" in found ? figureWith(found.share, found.interval, found.votes, "voters") : found;
}

/** An agreement coefficient; `n` counts votes. */
export interface CoefficientFigure extends Figure {
  readonly items: number;
  /** Resamples for which the coefficient is undefined. */
  readonly undefinedResamples: number;
}

export const coefficientShape: Shape<OrReason<CoefficientFigure>> = orReason(
  record<CoefficientFigure>({
    estimate: number,
    low: number,
    high: number,
    n: integer,
    over: oneOf(populations),
    items: integer,
    undefinedResamples: integer,
  }),
);

export function coefficientFigure(coefficient: CoefficientInterval, over: Population): OrReason<CoefficientFigure> {
  if (!coefficient.defined) return undefinedBecause(coefficient.reason, coefficient.estimate);
  const { estimate, low, high, votes, items, undefinedResamples } = coefficient;
  return { defined: true, estimate, low, high, n: votes, over, items, undefinedResamples };
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
