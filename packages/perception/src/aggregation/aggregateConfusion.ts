/** Aggregates votes with a confusion model: the best fit, its labels, and intervals from the observed information. */
import { AppError } from "@pareidolia/core/appError";
import type { VotesByItem } from "../votesByItem.ts";
import type { VoteTable } from "../voteTable.ts";
import type { AggregateOptions, Aggregation } from "./aggregation.ts";
import { fitBest, otherSolutions } from "./bestFit.ts";
import { type ConfusionFit, type ConfusionModel, columnsOf } from "./confusionModel.ts";
import { namedAnswers, statesOfNamed } from "./namedAnswers.ts";
import { type Covariance, estimateCovariance, type LatentModel, maxParameters, posteriorDeviations } from "./observedInformation.ts";
import { labelLogOdds, likeliestAnswers, logOddsBounds, onlyVoters, rowEntropies, votesToAggregate } from "./summarise.ts";
import { warnOfConstantVoters, warnOfDependentVoters, warnOfSeveralSolutions } from "./warnings.ts";

/** Probabilities of a table, and terms of a pass over the votes: with more, a fit may take minutes. */
const maxTerms = 2e7;

/** @throws AppError INVALID_INPUT before any work if the fit would take minutes. */
function checkSize({ voters, answers, voter }: VotesByItem, model: ConfusionModel): void {
  const columns = columnsOf(model, answers);
  if ((voters * answers + voter.length) * columns <= maxTerms) return;
  throw new AppError(
    "INVALID_INPUT",
    `${voter.length} votes of ${voters} voters with ${answers} answers take this model minutes, since it has a probability of each answer for ` +
      "each voter and truth. Use MACE, or the votes of fewer answers.",
  );
}

export function aggregateConfusion(table: VoteTable, model: ConfusionModel, options: AggregateOptions = {}): Aggregation {
  const votes = votesToAggregate(table);
  checkSize(votes, model);
  const { intervals = true, randomStarts, seed = 0 } = options;
  const fit = fitBest(votes, model, { randomStarts, seed });
  const labelsOf = ({ posterior }: ConfusionFit): Int32Array => likeliestAnswers(votes, posterior, seed);
  const label = labelsOf(fit);
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
    warnings: [
      ...warnOfConstantVoters(votes, onlyVoters(votes, skill)),
      ...warnOfDependentVoters(votes, model, fit),
      ...warnOfSeveralSolutions(votes, fit, otherSolutions(votes, model), labelsOf),
    ],
  };
}

function latentModel(votes: VotesByItem, model: ConfusionModel, fit: ConfusionFit): LatentModel {
  const { answers, voters } = votes;
  const { table, posterior, prevalence } = fit;
  const voterParameters = voters * model.parameters <= maxParameters ? model : (model.essential ?? model);
  const rowOf = (item: number): Float64Array => posterior.subarray(item * answers, (item + 1) * answers);
  return {
    ...(model.columns === "wrongAndRight" && !model.freePrevalence ? namedStates(votes, rowOf) : allStates(answers, rowOf)),
    parameters: voterParameters.parameters,
    prevalence: model.freePrevalence ? prevalence : null,
    prevalencePrior: model.prevalencePrior,
    derive: ({ voter, answer, truth }, gradient, offset, second) =>
      voterParameters.derive({ table, voter, answer, truth }, gradient, offset, second),
    addPriorInformation: (voter, into) => voterParameters.addPriorInformation(table, voter, into),
  };
}

type States = Pick<LatentModel, "states" | "statesOf">;

function allStates(answers: number, rowOf: (item: number) => Float64Array): States {
  return {
    states: answers,
    statesOf(item, _apart, into) {
      into.posterior.set(rowOf(item));
      for (let c = 0; c < answers; c++) into.truth[c] = c;
      return answers;
    },
  };
}

function namedStates(votes: VotesByItem, rowOf: (item: number) => Float64Array): States {
  const named = namedAnswers(votes);
  return { states: named.most + 2, statesOf: (item, apart, into) => statesOfNamed(named, rowOf(item), item, apart, into) };
}

/** Skills, and the standard deviations of their log-odds. */
function skillsOf({ voters, answers }: VotesByItem, model: ConfusionModel, fit: ConfusionFit, covariance: Covariance | null) {
  const free = model.freePrevalence ? answers - 1 : 0;
  // Fewer than the model's where some count as known; models with a free prevalence have no such parameters.
  const parameters = covariance === null ? model.parameters : (covariance.size - free) / voters;
  const skill = new Float64Array(voters);
  const deviations = new Float64Array(voters);
  const gradient = new Float64Array(model.parameters + answers - 1);
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
