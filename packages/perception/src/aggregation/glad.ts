/**
 * GLAD (Whitehill et al. 2009, "Whose vote should count more"): p(right) = 1 / (1 + exp(-ability * ease)) for a voter's ability and an
 * item's ease > 0 (eq. 1), with the paper's priors: ability ~ N(1, 1), log ease ~ N(1, 1). The paper estimates the ease of every item,
 * which is biased with only a handful of votes per item (Neyman & Scott 1948). Here it is integrated out over a grid, as in item response
 * theory (Bock & Aitkin 1981), so the estimates of abilities are consistent and their information is exact; the ease is then a posterior
 * mean.
 */

import type { VotesByItem } from "../votesByItem.ts";
import type { VoteTable } from "../voteTable.ts";
import type { AggregateOptions, Aggregation, Aggregator } from "./aggregation.ts";
import { estimateCovariance, type LatentModel, posteriorDeviations } from "./observedInformation.ts";
import { labelLogOdds, likeliestAnswers, logOddsBounds, onlyVoters, rowEntropies, votesToAggregate } from "./summarise.ts";

export interface GladAggregation extends Aggregation {
  /** Of each voter; 0 is guessing, negative is worse. `skill` is the probability of a right answer on an item of median ease. */
  readonly ability: Float64Array;
  /** Posterior mean of each item's log ease; the prior's mean, 1, without votes. */
  readonly logEase: Float64Array;
}

const priorAbility = 1;
const priorLogEase = 1;
/**
 * The grid of log ease: its mean plus -4 to 4 standard deviations. In the example of the unit test, abilities differ from those on a
 * grid of 1,601 nodes by less than 1e-4.
 */
const deviations = Float64Array.from({ length: 13 }, (_, q) => -4 + (2 / 3) * q);
const nodes = deviations.length;
const ease = deviations.map((d) => Math.exp(priorLogEase + d));
const logWeight = deviations.map((d) => (-d * d) / 2);
/** States whose log-odds relative to the most probable state are below this count as impossible. */
const negligible = -45;

const tolerance = 1e-6;
const mostIterations = 500;

export const glad: Aggregator = { id: "glad", name: "GLAD", aggregate: aggregateGlad };

export function aggregateGlad(table: VoteTable, { intervals = true }: AggregateOptions = {}): GladAggregation {
  const votes = votesToAggregate(table);
  const { items, answers, voters } = votes;
  const ability = new Float64Array(voters).fill(priorAbility);
  const states = new Float64Array(answers * nodes);
  const right = new Float64Array(voters * nodes);
  const cast = new Float64Array(voters * nodes);
  const ofNode = new Float64Array(nodes);
  let iterations = 0;
  let converged = false;
  while (!converged && iterations < mostIterations) {
    right.fill(0);
    cast.fill(0);
    const step = itemStates(votes, ability);
    for (let i = 0; i < items; i++) {
      step(i, states);
      addCounts(votes, i, states, right, cast, ofNode);
    }
    iterations++;
    converged = maximiseAbilities(ability, right, cast) < tolerance;
  }
  const step = itemStates(votes, ability);
  const posterior = new Float64Array(items * answers);
  const logEase = new Float64Array(items);
  for (let i = 0; i < items; i++) {
    step(i, states);
    for (let s = 0; s < states.length; s++) {
      const c = i * answers + Math.floor(s / nodes);
      posterior[c] = (posterior[c] as number) + (states[s] as number);
      logEase[i] = (logEase[i] as number) + (states[s] as number) * (priorLogEase + (deviations[s % nodes] as number));
    }
  }
  const label = likeliestAnswers(votes, posterior);
  const latent = latentModel(votes, ability, step);
  const covariance = intervals ? estimateCovariance(votes, latent) : null;
  const medianEase = Math.exp(priorLogEase);
  const logOdds = onlyVoters(
    votes,
    ability.map((value) => value * medianEase),
  );
  const ofSkill = covariance?.values.filter((_, k) => k % (covariance.size + 1) === 0).map((variance) => Math.sqrt(variance) * medianEase);
  return {
    answers,
    posterior,
    label,
    entropy: rowEntropies(posterior, answers),
    labelInterval:
      covariance === null
        ? null
        : logOddsBounds(labelLogOdds(posterior, answers, label), posteriorDeviations(votes, latent, covariance, label)),
    skill: logOdds.map((value) => 1 / (1 + Math.exp(-value))),
    skillInterval: ofSkill === undefined ? null : logOddsBounds(logOdds, ofSkill),
    ability: onlyVoters(votes, ability),
    logEase,
    iterations,
    converged,
  };
}

/** Writes p(truth, node | votes) of an item, truths x nodes. */
function itemStates({ voters, answers, start, voter, answer }: VotesByItem, ability: Float64Array) {
  const logWrong = new Float64Array(voters * nodes);
  const logOthers = Math.log(answers - 1);
  for (let v = 0; v < voters; v++)
    for (let q = 0; q < nodes; q++) logWrong[v * nodes + q] = -logOnePlusExp((ability[v] as number) * (ease[q] as number)) - logOthers;
  const base = new Float64Array(nodes);
  const abilityFor = new Float64Array(answers);
  const votesFor = new Float64Array(answers);
  return (item: number, into: Float64Array): void => {
    base.set(logWeight);
    abilityFor.fill(0);
    votesFor.fill(0);
    for (let k = start[item] as number; k < (start[item + 1] as number); k++) {
      const [v, a] = [voter[k] as number, answer[k] as number];
      abilityFor[a] = (abilityFor[a] as number) + (ability[v] as number);
      votesFor[a] = (votesFor[a] as number) + 1;
      for (let q = 0; q < nodes; q++) base[q] = (base[q] as number) + (logWrong[v * nodes + q] as number);
    }
    // log p(right) - log p(this wrong answer) = ability * ease + log(answers - 1).
    let largest = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < answers; c++)
      for (let q = 0; q < nodes; q++) {
        const value = (base[q] as number) + (abilityFor[c] as number) * (ease[q] as number) + (votesFor[c] as number) * logOthers;
        into[c * nodes + q] = value;
        if (value > largest) largest = value;
      }
    let sum = 0;
    for (let s = 0; s < into.length; s++) {
      const distance = (into[s] as number) - largest;
      const weight = distance < negligible ? 0 : Math.exp(distance);
      into[s] = weight;
      sum += weight;
    }
    for (let s = 0; s < into.length; s++) into[s] = (into[s] as number) / sum;
  };
}

function addCounts(
  { answers, start, voter, answer }: VotesByItem,
  item: number,
  states: Float64Array,
  right: Float64Array,
  cast: Float64Array,
  ofNode: Float64Array,
): void {
  ofNode.fill(0);
  for (let c = 0; c < answers; c++) for (let q = 0; q < nodes; q++) ofNode[q] = (ofNode[q] as number) + (states[c * nodes + q] as number);
  for (let k = start[item] as number; k < (start[item + 1] as number); k++) {
    const row = (voter[k] as number) * nodes;
    const own = (answer[k] as number) * nodes;
    for (let q = 0; q < nodes; q++) {
      right[row + q] = (right[row + q] as number) + (states[own + q] as number);
      cast[row + q] = (cast[row + q] as number) + (ofNode[q] as number);
    }
  }
}

/** Newton's method for each voter, whose objective is concave. Returns the largest change. */
function maximiseAbilities(ability: Float64Array, right: Float64Array, cast: Float64Array): number {
  let largest = 0;
  for (let v = 0; v < ability.length; v++) {
    const before = ability[v] as number;
    let value = before;
    for (let step = 0; step < 20; step++) {
      let slope = priorAbility - value;
      let curvature = 1;
      for (let q = 0; q < nodes; q++) {
        const [b, n] = [ease[q] as number, cast[v * nodes + q] as number];
        const p = 1 / (1 + Math.exp(-value * b));
        slope += b * ((right[v * nodes + q] as number) - n * p);
        curvature += b * b * n * p * (1 - p);
      }
      const change = Math.max(-1, Math.min(1, slope / curvature));
      value += change;
      if (Math.abs(change) < 1e-10) break;
    }
    ability[v] = value;
    largest = Math.max(largest, Math.abs(value - before));
  }
  return largest;
}

function latentModel({ answers }: VotesByItem, ability: Float64Array, step: (item: number, into: Float64Array) => void): LatentModel {
  return {
    states: answers * nodes,
    truthOf: Int32Array.from({ length: answers * nodes }, (_, s) => Math.floor(s / nodes)),
    parameters: 1,
    prevalence: null,
    prevalencePrior: 0,
    posteriorOf: step,
    derive(voter, answer, state, gradient, offset, second) {
      const b = ease[state % nodes] as number;
      const p = 1 / (1 + Math.exp(-(ability[voter] as number) * b));
      gradient[offset] = b * ((answer === Math.floor(state / nodes) ? 1 : 0) - p);
      second[0] = -b * b * p * (1 - p);
    },
    addPriorInformation(_voter, into) {
      into[0] = (into[0] as number) + 1;
    },
  };
}

function logOnePlusExp(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}
