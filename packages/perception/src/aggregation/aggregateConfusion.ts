/** Aggregates votes with a confusion model: the best fit, its labels, and intervals from the observed information. */

import type { VotesByItem } from "../votesByItem.ts";
import type { VoteTable } from "../voteTable.ts";
import type { AggregateOptions, Aggregation } from "./aggregation.ts";
import { fitBest } from "./bestFit.ts";
import type { ConfusionFit, ConfusionModel } from "./confusionModel.ts";
import { type Covariance, estimateCovariance, type LatentModel, posteriorDeviations } from "./observedInformation.ts";
import { labelLogOdds, likeliestAnswers, logOddsBounds, onlyVoters, rowEntropies, votesToAggregate } from "./summarise.ts";

export function aggregateConfusion(table: VoteTable, model: ConfusionModel, options: AggregateOptions = {}): Aggregation {
  const votes = votesToAggregate(table);
  const { intervals = true, randomStarts, seed } = options;
  const fit = fitBest(votes, model, { randomStarts, seed });
  const label = likeliestAnswers(votes, fit.posterior);
  const latent = latentModel(votes, model, fit);
  const covariance = intervals ? estimateCovariance(votes, latent) : null;
  const { skill, deviations } = skillsOf(votes, model, fit, covariance);
  const bounded = covariance !== null;
  const odds = (values: Float64Array): Float64Array => values.map((value) => Math.log(value / (1 - value)));
  return {
    answers: votes.answers,
    posterior: fit.posterior,
    label,
    entropy: rowEntropies(fit.posterior, votes.answers),
    labelInterval: bounded
      ? logOddsBounds(labelLogOdds(fit.posterior, votes.answers, label), posteriorDeviations(votes, latent, covariance, label))
      : null,
    skill: onlyVoters(votes, skill),
    skillInterval: bounded ? logOddsBounds(odds(onlyVoters(votes, skill)), deviations) : null,
    iterations: fit.iterations,
    converged: fit.converged,
  };
}

function latentModel({ answers }: VotesByItem, model: ConfusionModel, fit: ConfusionFit): LatentModel {
  const { table, posterior, prevalence } = fit;
  return {
    states: answers,
    truthOf: Int32Array.from({ length: answers }, (_, c) => c),
    parameters: model.parameters,
    prevalence: model.freePrevalence ? prevalence : null,
    prevalencePrior: model.prevalencePrior,
    posteriorOf: (item, into) => into.set(posterior.subarray(item * answers, (item + 1) * answers)),
    derive: (voter, answer, truth, gradient, offset, second) => model.derive({ table, voter, answer, truth }, gradient, offset, second),
    addPriorInformation: (voter, into) => model.addPriorInformation(table, voter, into),
  };
}

/** Skills, and the standard deviations of their log-odds. */
function skillsOf({ voters, answers }: VotesByItem, model: ConfusionModel, fit: ConfusionFit, covariance: Covariance | null) {
  const { parameters, freePrevalence } = model;
  const free = freePrevalence ? answers - 1 : 0;
  const skill = new Float64Array(voters);
  const deviations = new Float64Array(voters);
  const gradient = new Float64Array(parameters + answers - 1);
  for (let v = 0; v < voters; v++) {
    gradient.fill(0);
    const value = model.skill(fit.table, v, fit.prevalence, gradient);
    skill[v] = value;
    if (covariance === null) continue;
    const { size, values } = covariance;
    const position = (k: number): number => (k < parameters ? v * parameters + k : voters * parameters + k - parameters);
    let variance = 0;
    for (let k = 0; k < parameters + free; k++)
      for (let l = 0; l < parameters + free; l++)
        variance += (gradient[k] as number) * (gradient[l] as number) * (values[position(k) * size + position(l)] as number);
    deviations[v] = Math.sqrt(Math.max(0, variance)) / (value * (1 - value));
  }
  return { skill, deviations };
}
