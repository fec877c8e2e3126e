/**
 * Tests whether classes compete with similar classes in the softmax, one of the paper's two explanations for classes of low confidence
 * (section 3.4). If so, the probability that an elite does not give its own class goes to near classes, and classes that lose more to
 * them have lower confidence. Near means a close class number, since ImageNet's follow its tree of concepts. Both statistics are compared
 * with random permutations of the class numbers, the same for all elites. This preserves how many classes share an elite and how unevenly
 * each elite divides the rest of its probability, which alone makes confident elites lose less to any few classes.
 */
import { AppError } from "@pareidolia/core/appError";
import type { ClassScores } from "./difficulty.ts";
import { type DealOptions, dealStatistics, permutationP } from "./permutation.ts";
import { rankCorrelation } from "./rankCorrelation.ts";

export interface NearCompetition {
  /** Share of near classes in the probability that an elite gives to other classes; mean over the classes, 0 to 1. */
  readonly share: PermutedStatistic;
  /** Spearman's correlation, over the classes, of that share with the confidence, -1 to 1. */
  readonly correlation: PermutedStatistic;
}

export interface PermutedStatistic {
  readonly observed: number;
  /** Mean over the permutations. */
  readonly dealt: number;
  /** One-sided: probability of a share as high, or of a correlation as low. */
  readonly p: number;
}

export interface NearCompetitionOptions extends DealOptions {
  /** Number of near classes on each side. */
  readonly reach: number;
}

/** @throws AppError INVALID_INPUT for fewer than two classes, different numbers of probabilities, or a class without a probability. */
export function nearCompetition(scores: readonly ClassScores[], { reach, ...options }: NearCompetitionOptions): NearCompetition {
  const classes = scores[0]?.probabilities.length ?? 0;
  if (scores.length < 2 || scores.some(({ classIndex, probabilities }) => probabilities.length !== classes || !(classIndex < classes)))
    throw new AppError("INVALID_INPUT", "Competition needs at least two classes of one network.");
  const confidences = scores.map(({ classIndex, probabilities }) => probabilities[classIndex] as number);
  // Summed rather than 1 - confidence, which is mostly float32 rounding if the confidence is close to 1.
  const rests = scores.map(({ classIndex, probabilities }) => {
    let rest = 0;
    for (let other = 0; other < classes; other++) if (other !== classIndex) rest += probabilities[other] as number;
    return rest;
  });
  const positionOf = new Uint32Array(classes);
  /** `deal` is the class at each position. */
  const sharesOf = (deal: Uint32Array): readonly number[] => {
    for (const [position, dealt] of deal.entries()) positionOf[dealt] = position;
    return scores.map(({ classIndex, probabilities }, row) => {
      const own = positionOf[classIndex] as number;
      let near = 0;
      for (let position = Math.max(0, own - reach); position <= Math.min(classes - 1, own + reach); position++)
        if (position !== own) near += probabilities[deal[position] as number] as number;
      const rest = rests[row] as number;
      return rest > 0 ? near / rest : 0;
    });
  };
  const observed = sharesOf(Uint32Array.from({ length: classes }, (_, position) => position));
  const correlations: number[] = [];
  const shares = dealStatistics(
    classes,
    (deal) => {
      const dealt = sharesOf(deal);
      correlations.push(rankCorrelation(dealt, confidences));
      return mean(dealt);
    },
    options,
  );
  return {
    share: compare(mean(observed), shares, "greater"),
    correlation: compare(rankCorrelation(observed, confidences), Float64Array.from(correlations), "less"),
  };
}

function compare(observed: number, dealt: Float64Array, side: "greater" | "less"): PermutedStatistic {
  return { observed, dealt: mean(dealt), p: permutationP(observed, dealt, side) };
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum / values.length;
}
