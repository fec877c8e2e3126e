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
import { type NamedAnswers, namedAnswers } from "./namedAnswers.ts";
import { estimateCovariance, type LatentModel, otherTruths, posteriorDeviations } from "./observedInformation.ts";
import { labelLogOdds, likeliestAnswers, logOddsBounds, onlyVoters, rowEntropies, votesToAggregate } from "./summarise.ts";
import { warnOfConstantVoters } from "./warnings.ts";

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

export const glad: Aggregator = { id: "glad", name: "GLAD", aggregate: aggregateGlad, chanceOfRight: (skill) => skill };

export function aggregateGlad(table: VoteTable, { intervals = true, seed = 0 }: AggregateOptions = {}): GladAggregation {
  const votes = votesToAggregate(table);
  const { items, answers, voters } = votes;
  const ability = new Float64Array(voters).fill(priorAbility);
  const named = namedAnswers(votes);
  const states = new Float64Array((named.most + 1) * nodes);
  const right = new Float64Array(voters * nodes);
  const cast = new Float64Array(voters * nodes);
  const ofNode = new Float64Array(nodes);
  let iterations = 0;
  let converged = false;
  while (!converged && iterations < mostIterations) {
    right.fill(0);
    cast.fill(0);
    const step = itemStates(votes, named, ability);
    for (let i = 0; i < items; i++) addCounts(votes, named, i, states.subarray(0, step(i, states)), { right, cast, ofNode });
    iterations++;
    converged = maximiseAbilities(ability, right, cast) < tolerance;
  }
  const step = itemStates(votes, named, ability);
  const posterior = new Float64Array(items * answers);
  const logEase = new Float64Array(items);
  const shares = new Float64Array(named.most + 1);
  for (let i = 0; i < items; i++) {
    const count = step(i, states);
    shares.fill(0);
    for (let s = 0; s < count; s++) {
      const truth = Math.floor(s / nodes);
      shares[truth] = (shares[truth] as number) + (states[s] as number);
      logEase[i] = (logEase[i] as number) + (states[s] as number) * (priorLogEase + (deviations[s % nodes] as number));
    }
    const [first, size] = [named.start[i] as number, (named.start[i + 1] as number) - (named.start[i] as number)];
    posterior.fill((shares[size] as number) / (answers - size), i * answers, (i + 1) * answers);
    for (let place = 0; place < size; place++) posterior[i * answers + (named.answer[first + place] as number)] = shares[place] as number;
  }
  const label = likeliestAnswers(votes, posterior, seed);
  const latent = latentModel(votes, named, ability, step);
  const covariance = intervals ? estimateCovariance(votes, latent) : null;
  const medianEase = Math.exp(priorLogEase);
  const logOdds = onlyVoters(
    votes,
    ability.map((value) => value * medianEase),
  );
  const ofSkill = covariance?.values.filter((_, k) => k % (covariance.size + 1) === 0).map((variance) => Math.sqrt(variance) * medianEase);
  const skill = logOdds.map((value) => 1 / (1 + Math.exp(-value)));
  return {
    answers,
    posterior,
    label,
    entropy: rowEntropies(posterior, answers),
    labelInterval:
      covariance === null
        ? null
        : logOddsBounds(labelLogOdds(posterior, answers, label), posteriorDeviations(votes, latent, covariance, label)),
    skill,
    skillInterval: ofSkill === undefined ? null : logOddsBounds(logOdds, ofSkill),
    ability: onlyVoters(votes, ability),
    logEase,
    iterations,
    converged,
    warnings: warnOfConstantVoters(votes, skill),
  };
}

/**
 * Writes p(truth, node | votes) of an item, truths x nodes: each truth that a vote names, then all others as one. Returns the number of
 * states.
 */
function itemStates({ voters, answers, start, voter }: VotesByItem, named: NamedAnswers, ability: Float64Array) {
  const logWrong = new Float64Array(voters * nodes);
  const logOthers = Math.log(answers - 1);
  for (let v = 0; v < voters; v++)
    for (let q = 0; q < nodes; q++) logWrong[v * nodes + q] = -logOnePlusExp((ability[v] as number) * (ease[q] as number)) - logOthers;
  const base = new Float64Array(nodes);
  const abilityFor = new Float64Array(named.most + 1);
  const votesFor = new Float64Array(named.most + 1);
  return (item: number, into: Float64Array): number => {
    base.set(logWeight);
    abilityFor.fill(0);
    votesFor.fill(0);
    for (let k = start[item] as number; k < (start[item + 1] as number); k++) {
      const [v, place] = [voter[k] as number, named.placeOf[k] as number];
      abilityFor[place] = (abilityFor[place] as number) + (ability[v] as number);
      votesFor[place] = (votesFor[place] as number) + 1;
      for (let q = 0; q < nodes; q++) base[q] = (base[q] as number) + (logWrong[v * nodes + q] as number);
    }
    const size = (named.start[item + 1] as number) - (named.start[item] as number);
    const others = answers - size;
    const states = (size + (others > 0 ? 1 : 0)) * nodes;
    // log p(right) - log p(this wrong answer) = ability * ease + log(answers - 1).
    let largest = Number.NEGATIVE_INFINITY;
    for (let s = 0; s < states; s++) {
      const [place, q] = [Math.floor(s / nodes), s % nodes];
      const multiple = place < size ? 0 : Math.log(others);
      const value =
        multiple + (base[q] as number) + (abilityFor[place] as number) * (ease[q] as number) + (votesFor[place] as number) * logOthers;
      into[s] = value;
      if (value > largest) largest = value;
    }
    let sum = 0;
    for (let s = 0; s < states; s++) {
      const distance = (into[s] as number) - largest;
      const weight = distance < negligible ? 0 : Math.exp(distance);
      into[s] = weight;
      sum += weight;
    }
    for (let s = 0; s < states; s++) into[s] = (into[s] as number) / sum;
    return states;
  };
}

interface SoftCounts {
  /** Of each voter at each node: votes that are right, and votes. */
  readonly right: Float64Array;
  readonly cast: Float64Array;
  readonly ofNode: Float64Array;
}

function addCounts({ start, voter }: VotesByItem, named: NamedAnswers, item: number, states: Float64Array, counts: SoftCounts): void {
  const { right, cast, ofNode } = counts;
  ofNode.fill(0);
  for (let s = 0; s < states.length; s++) ofNode[s % nodes] = (ofNode[s % nodes] as number) + (states[s] as number);
  for (let k = start[item] as number; k < (start[item + 1] as number); k++) {
    const row = (voter[k] as number) * nodes;
    const own = (named.placeOf[k] as number) * nodes;
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

type Step = ReturnType<typeof itemStates>;

function latentModel({ answers }: VotesByItem, named: NamedAnswers, ability: Float64Array, step: Step): LatentModel {
  return {
    states: (named.most + 2) * nodes,
    parameters: 1,
    prevalence: null,
    prevalencePrior: 0,
    statesOf(item, apart, { posterior, truth }) {
      const states = step(item, posterior);
      const first = named.start[item] as number;
      const size = (named.start[item + 1] as number) - first;
      for (let s = 0; s < states; s++) {
        const place = Math.floor(s / nodes);
        truth[s] = place < size ? (named.answer[first + place] as number) : otherTruths;
      }
      if (apart === otherTruths || size === answers || truth.subarray(0, states).includes(apart)) return states;
      // One of the other truths gets its share of their states.
      const share = 1 / (answers - size);
      for (let q = 0; q < nodes; q++) {
        const all = posterior[size * nodes + q] as number;
        posterior[size * nodes + q] = all * (1 - share);
        posterior[states + q] = all * share;
        truth[states + q] = apart;
      }
      return states + nodes;
    },
    derive({ voter, answer, state, truth }, gradient, offset, second) {
      const b = ease[state % nodes] as number;
      const p = 1 / (1 + Math.exp(-(ability[voter] as number) * b));
      gradient[offset] = b * ((answer === truth ? 1 : 0) - p);
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
