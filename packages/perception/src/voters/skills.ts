/** The probability that each voter answers right, by the aggregator that fits the size of the table, with its interval for other images. */
import type { Aggregator } from "../aggregation/aggregation.ts";
import { maxParameters } from "../aggregation/observedInformation.ts";
import { aggregators } from "../aggregation/registry.ts";
import type { AggregationWarning } from "../aggregation/warnings.ts";
import { type Undefined, undefinedBecause } from "../agreement/coefficient.ts";
import type { BoundsOrReason } from "../intervals/bounds.ts";
import type { VoteTable } from "../voteTable.ts";

export interface VoterSkill {
  /** Probability of a right answer, 0 to 1. */
  readonly skill: number;
  /** 95%, for other images; or why there is none. */
  readonly interval: BoundsOrReason;
  /** The voter's answers. */
  readonly answers: number;
}

export interface Skills {
  /** Id of the aggregator; null without skills. */
  readonly method: string | null;
  /** With indices of voters. */
  readonly warnings: readonly AggregationWarning[];
  of(voter: number): VoterSkill | Undefined;
}

/** More parameters than this take seconds, since the work rises with the cube. */
const maxForInterval = Math.min(maxParameters, 600);
/** Probabilities of tables and of results that are computed within seconds. */
const maxCells = 4e6;

const aggregator = (id: string): Aggregator => aggregators.find((known) => known.id === id) as Aggregator;

/**
 * Dawid and Skene's model where its skills have intervals; with too many parameters for that, MACE, with one parameter for each voter; for
 * large studies, the agreement with the majority of the other voters, whose interval is Wilson's. Voters who always give one answer gain no
 * skill by these, as they do by one coin, which takes such an answer for the truth of all images (`npm run repro -- perception`).
 */
function skillMethod(size: {
  readonly votes: number;
  readonly voted: number;
  readonly images: number;
  readonly answers: number;
}): Aggregator {
  const { votes, voted, images, answers } = size;
  const parameters = voted * answers * (answers - 1) + answers - 1;
  if (parameters <= maxForInterval && votes * answers <= maxCells) return aggregator("dawidSkene");
  return voted <= maxForInterval && voted * answers <= maxCells && images * answers <= maxCells
    ? aggregator("mace")
    : aggregator("majority");
}

/**
 * The right answers follow from the votes of the others: of fewer voters they are hardly determined, and of fewer answers the prior of a skill
 * weighs. Simulated intervals then cover 98 to 100% (`npm run repro -- intervals`).
 */
const fewestVoters = 5;
const fewestAnswers = 20;
const few = undefinedBecause(`A 95% interval of a skill needs at least ${fewestVoters} voters, and ${fewestAnswers} answers of the voter.`);

export function withoutSkills(reason: string): Skills {
  return { method: null, warnings: [], of: () => undefinedBecause(reason) };
}

/** @param table answers to images; images, voters and answers without votes are left out. @param seed of ties. */
export function skillsOf(table: VoteTable, seed: number): Skills {
  const categories = [...new Set(table.answer)].sort((one, other) => one - other);
  if (categories.length < 2) return withoutSkills("All votes are the same answer, so skills cannot be distinguished from it.");
  const voted = [...new Set(table.voter)].sort((one, other) => one - other);
  if (voted.length < 2) return withoutSkills("Skills need the votes of at least two voters.");
  const images = [...new Set(table.item)].sort((one, other) => one - other);
  const renumber = (column: Int32Array, values: readonly number[]): Int32Array => {
    const places = new Map(values.map((value, place) => [value, place]));
    return column.map((value) => places.get(value) as number);
  };
  const answers = categories.length;
  const method = skillMethod({ votes: table.item.length, voted: voted.length, images: images.length, answers });
  const renumbered = {
    items: images.length,
    voters: voted.length,
    answers,
    item: renumber(table.item, images),
    voter: renumber(table.voter, voted),
    answer: renumber(table.answer, categories),
  };
  const { skill, skillInterval, warnings } = method.aggregate(renumbered, { seed, intervals: voted.length >= fewestVoters });
  const right = (value: number): number => method.chanceOfRight(value, answers);
  const placeOf = new Map(voted.map((voter, place) => [voter, place]));
  const counts = new Int32Array(voted.length);
  for (const place of renumbered.voter) counts[place] = (counts[place] as number) + 1;
  const intervalOf = (place: number): BoundsOrReason => {
    if (voted.length < fewestVoters || (counts[place] as number) < fewestAnswers) return few;
    if (skillInterval === null) return undefinedBecause("The votes do not determine the skills of all voters.");
    const [low, high] = [right(skillInterval.low[place] as number), right(skillInterval.high[place] as number)];
    return Number.isFinite(low) && Number.isFinite(high)
      ? { defined: true, low, high }
      : undefinedBecause("The votes do not determine this skill.");
  };
  return {
    method: method.id,
    warnings: warnings.map((warning) => ({ ...warning, voters: warning.voters.map((place) => voted[place] as number) })),
    of: (voter) => {
      const place = placeOf.get(voter);
      if (place === undefined) return undefinedBecause("The voter has no answers in this phase.");
      const value = right(skill[place] as number);
      if (!Number.isFinite(value)) return undefinedBecause("The votes do not determine this skill.");
      return { skill: value, interval: intervalOf(place), answers: counts[place] as number };
    },
  };
}
