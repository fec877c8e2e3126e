/**
 * Chooses the best of several starts: a short run of expectation-maximisation (EM) from each, of which the best continues to convergence
 * (Biernacki, Celeux & Govaert 2003, "Choosing starting values for the EM algorithm").
 */
import type { VotesByItem } from "../votesByItem.ts";
import { type ConfusionFit, type ConfusionModel, type FitOptions, fitConfusionModel } from "./confusionModel.ts";
import { powerOfShares, randomlyWeightedShares, voteShares } from "./starts.ts";

export interface BestFitOptions extends FitOptions {
  /** Random starts, in addition to those derived from the votes. Default 0. */
  readonly randomStarts?: number | undefined;
  /** Of the random starts. Default 0. */
  readonly seed?: number | undefined;
}

const shortRun = 25;
/** 1 is the start of Dawid & Skene 1979. */
const powers = [1, Number.POSITIVE_INFINITY, 0.5];
/** A later start wins only if it improves the objective by more than this relative difference, so that rounding never decides. */
const noticeable = 1e-7;

export function fitBest(votes: VotesByItem, model: ConfusionModel, options: BestFitOptions = {}): ConfusionFit {
  const { randomStarts = 0, seed = 0, ...fitOptions } = options;
  const shares = voteShares(votes);
  const starts = [
    ...powers.map((power) => (power === 1 ? shares : powerOfShares(shares, votes.answers, power))),
    ...Array.from({ length: randomStarts }, (_, index) => randomlyWeightedShares(votes, seed, index)),
  ];
  let best: ConfusionFit | null = null;
  for (const posterior of starts) {
    const fit = fitConfusionModel(votes, model, { posterior }, { ...fitOptions, mostIterations: shortRun });
    if (best === null || fit.objective > best.objective + noticeable * Math.abs(best.objective)) best = fit;
  }
  const found = best as ConfusionFit;
  if (found.converged) return found;
  const { iterations, ...end } = fitConfusionModel(votes, model, found, fitOptions);
  return { ...end, iterations: found.iterations + iterations };
}
