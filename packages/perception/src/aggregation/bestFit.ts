/**
 * Chooses the best of several starts: a short run of expectation-maximisation (EM) from each, of which the best continues to convergence
 * (Biernacki, Celeux & Govaert 2003, "Choosing starting values for the EM algorithm"). Further starts never win, and show whether the votes
 * have other solutions: without the voters who always give one answer, and with the answers exchanged.
 */
import type { VotesByItem } from "../votesByItem.ts";
import { type ConfusionFit, type ConfusionModel, type FitOptions, fitConfusionModel } from "./confusionModel.ts";
import { exchangedShares, powerOfShares, randomlyWeightedShares, voteShares, weightedShares } from "./starts.ts";
import { constantVoters } from "./warnings.ts";

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
  let best: ConfusionFit | null = null;
  const tryStart = (posterior: Float64Array): void => {
    const fit = fitConfusionModel(votes, model, { posterior }, { ...fitOptions, mostIterations: shortRun });
    if (best === null || fit.objective > best.objective + noticeable * Math.abs(best.objective)) best = fit;
  };
  for (const power of powers) tryStart(power === 1 ? shares : powerOfShares(shares, votes.answers, power));
  for (let index = 0; index < randomStarts; index++) tryStart(randomlyWeightedShares(votes, seed, index));
  const found = best as ConfusionFit | null as ConfusionFit;
  if (found.converged) return found;
  const { iterations, ...end } = fitConfusionModel(votes, model, found, fitOptions);
  return { ...end, iterations: found.iterations + iterations };
}

/** Answers up to which solutions with exchanged answers are looked for: with more, votes hardly support one. */
const maxExchanged = 3;

/** Where short runs from the further starts end. */
export function otherSolutions(votes: VotesByItem, model: ConfusionModel): readonly ConfusionFit[] {
  const constant = new Set(constantVoters(votes));
  const starts: Float64Array[] = [];
  if (constant.size > 0)
    starts.push(
      weightedShares(
        votes,
        Float64Array.from({ length: votes.voters }, (_, v) => (constant.has(v) ? 1e-3 : 1)),
      ),
    );
  if (votes.answers <= maxExchanged) {
    const shares = voteShares(votes);
    for (let shift = 1; shift < votes.answers; shift++) starts.push(exchangedShares(shares, votes.answers, shift));
  }
  return starts.map((posterior) => fitConfusionModel(votes, model, { posterior }, { mostIterations: shortRun }));
}
