/**
 * Whether classes compete with their near neighbours in the softmax, one of the paper's two reasons for classes that stay low (section
 * 3.4): what a class's elite does not give its class should go to near classes, and classes that lose more to them should be lower.
 * Near is a class number close by, as ImageNet's follow its tree of concepts. Both are measured against the same elites with the class
 * numbers dealt anew, one deal for all elites: that keeps how unevenly each elite divides its rest, which alone makes sure elites lose
 * less to any few classes, and how many classes share an elite.
 */
import { AppError } from "@pareidolia/core/appError";
import type { ClassScores } from "./difficulty.ts";
import { type DealOptions, dealStatistics, permutationP } from "./permutation.ts";
import { rankCorrelation } from "./rankCorrelation.ts";

export interface NearCompetition {
  /** Of what an elite leaves beside its class, the part that near classes get; mean over the classes, 0 to 1. */
  readonly share: Dealt;
  /** Spearman's correlation over the classes of that part with the confidence, -1 to 1. */
  readonly correlation: Dealt;
}

export interface Dealt {
  readonly observed: number;
  /** Mean over the deals. */
  readonly dealt: number;
  /** One-sided: of a share as high, of a correlation as low. */
  readonly p: number;
}

export interface NearCompetitionOptions extends DealOptions {
  /** Classes on each side that are near. */
  readonly reach: number;
}

/** @throws AppError INVALID_INPUT for fewer than two classes or a class outside its own probabilities. */
export function nearCompetition(scores: readonly ClassScores[], { reach, ...options }: NearCompetitionOptions): NearCompetition {
  const classes = scores[0]?.probabilities.length ?? 0;
  if (scores.length < 2 || scores.some(({ classIndex, probabilities }) => probabilities.length !== classes || !(classIndex < classes)))
    throw new AppError("INVALID_INPUT", "Competition needs at least two classes of one network.");
  const confidences = scores.map(({ classIndex, probabilities }) => probabilities[classIndex] as number);
  // Summed, since beside a confidence of nearly 1 what its float32 leaves to 1 is mostly rounding.
  const rests = scores.map(({ classIndex, probabilities }) => {
    let rest = 0;
    for (let other = 0; other < classes; other++) if (other !== classIndex) rest += probabilities[other] as number;
    return rest;
  });
  const placeOf = new Uint32Array(classes);
  /** `deal` says which class stands at a place. */
  const parts = (deal: Uint32Array): readonly number[] => {
    for (const [place, dealt] of deal.entries()) placeOf[dealt] = place;
    return scores.map(({ classIndex, probabilities }, row) => {
      const own = placeOf[classIndex] as number;
      let near = 0;
      for (let place = Math.max(0, own - reach); place <= Math.min(classes - 1, own + reach); place++)
        if (place !== own) near += probabilities[deal[place] as number] as number;
      const rest = rests[row] as number;
      return rest > 0 ? near / rest : 0;
    });
  };
  const asTheyAre = parts(Uint32Array.from({ length: classes }, (_, place) => place));
  const correlations: number[] = [];
  const shares = dealStatistics(
    classes,
    (deal) => {
      const dealt = parts(deal);
      correlations.push(rankCorrelation(dealt, confidences));
      return mean(dealt);
    },
    options,
  );
  return {
    share: compare(mean(asTheyAre), shares, "greater"),
    correlation: compare(rankCorrelation(asTheyAre, confidences), Float64Array.from(correlations), "less"),
  };
}

function compare(observed: number, dealt: Float64Array, side: "greater" | "less"): Dealt {
  return { observed, dealt: mean(dealt), p: permutationP(observed, dealt, side) };
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum / values.length;
}
