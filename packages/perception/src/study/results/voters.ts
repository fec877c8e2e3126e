/**
 * Voters: how much each answered, how fast, how attentively and how well, with flags and with the rules of the plan that exclude them.
 * As planned, only voters whose votes count are listed; of everyone, all are.
 */
import { boolean, integer, list, nullable, number, oneOf, record, type Shape, type ShapeValue, text } from "@pareidolia/core/documentShape";
import type { Aggregator } from "../../aggregation/aggregation.ts";
import { mostParameters } from "../../aggregation/observedInformation.ts";
import { aggregators } from "../../aggregation/registry.ts";
import { undefinedBecause } from "../../agreement/coefficient.ts";
import { answeredVotes } from "../../countedVotes.ts";
import { whyWithout } from "../../protocols/registry.ts";
import type { Hits, VoterRecord } from "../../voters/describeVoters.ts";
import { type Flag, flagVoter } from "../../voters/flags.ts";
import { type Evidence, exclusions, type PhaseEvidence, type Side } from "./evidence.ts";
import { type Figure, figureOf, figureShape, noVotes, type OrReason, orReason } from "./figure.ts";
import { defineResult } from "./resultKind.ts";

const flags = ["gold", "noise", "fast", "canary", "sameAnswer"] as const satisfies readonly Flag[];

const hitsFields = record({
  hits: integer,
  /** Trials. */
  of: integer,
  /** With the exact interval; undefined without trials. */
  share: orReason(figureShape),
});
export interface HitsOfVoter extends ShapeValue<typeof hitsFields> {}
const hitsShape: Shape<HitsOfVoter> = hitsFields;

const voterFields = record({
  number: integer,
  finished: boolean,
  insider: boolean,
  /** Whether the voter saw the still version. */
  still: boolean,
  /** Why the votes do not count as planned. */
  exclusions: list(oneOf(exclusions)),
  flags: list(oneOf(flags)),
  /** Counted trials: agreeing votes among votes, answers that do not count as votes, and skipped trials. */
  agreement: hitsShape,
  missing: integer,
  skipped: integer,
  gold: hitsShape,
  noise: hitsShape,
  canaries: record({ named: integer, seen: integer, expected: number, p: number }),
  /** Of counted trials, in milliseconds, with quartiles; n counts recorded times. Null if none was recorded. */
  responseMs: nullable(
    record({ median: number, lowerQuartile: number, upperQuartile: number, n: integer, tooFast: number, tooSlow: number }),
  ),
  /** The share of the most frequent answer; n counts answers. */
  favourite: nullable(record({ times: integer, of: integer })),
  /** In each phase: the probability of a right answer. */
  skills: list(orReason(figureShape)),
});
export interface VoterResult extends ShapeValue<typeof voterFields> {}
const voterShape: Shape<VoterResult> = voterFields;

export const voters = defineResult({
  id: "voters",
  label: "Voters",
  description: "Each voter's trials, response times, checks, skill, flags and exclusion.",
  shared: () => ({}),
  sharedShape: record({}),
  compute: (side, evidence) => {
    const skills = side.phases.map(skillsOf);
    return {
      /** The aggregator that estimated the skills of each phase. */
      skillMethods: skills.map(({ method }) => method),
      voters: side.voters.map((index) => voterOf(index, side, evidence, skills)),
    };
  },
  sectionShape: record({ skillMethods: list(nullable(text)), voters: list(voterShape) }),
});

interface Skills {
  /** Null without skills. */
  readonly method: string | null;
  of(voter: number): OrReason<Figure>;
}

function voterOf(index: number, { phases, records }: Side, evidence: Evidence, skills: readonly Skills[]): VoterResult {
  const { number: own, finished, insider, still } = evidence.voters[index] as Evidence["voters"][number];
  const described = records[index] as VoterRecord;
  const { times, favourite, canaries } = described;
  const offered = Math.min(...phases.map((phase) => phase.offered.fewest));
  return {
    number: own,
    finished,
    insider,
    still,
    exclusions: evidence.exclusions[index] ?? [],
    // Without options, such as for texts, no answer can be repeated.
    flags: flagVoter(
      Number.isFinite(offered) && offered > 0 ? described : { ...described, favourite: null },
      Number.isFinite(offered) ? offered : 1,
    ),
    agreement: hitsOf(described.agreement),
    missing: described.missing,
    skipped: evidence.skipped[index] ?? 0,
    gold: hitsOf(described.gold),
    noise: hitsOf(described.noise),
    canaries: { named: canaries.named, seen: canaries.seen, expected: canaries.expected, p: canaries.p },
    responseMs:
      times === null
        ? null
        : {
            median: times.median,
            lowerQuartile: times.lowerQuartile,
            upperQuartile: times.upperQuartile,
            n: times.count,
            tooFast: times.tooFast,
            tooSlow: times.tooSlow,
          },
    favourite: favourite === null ? null : { times: favourite.times, of: favourite.of },
    skills: skills.map((skill) => skill.of(index)),
  };
}

function hitsOf({ hits, of, share }: Hits): HitsOfVoter {
  return { hits, of, share: figureOf(share, of, "There are no such trials.") };
}

/** More parameters than this take seconds, since the work rises with the cube. */
const mostForInterval = Math.min(mostParameters, 600);
/** Cells that a fit reads in one iteration. */
const mostCells = 4e6;

const aggregator = (id: string): Aggregator => aggregators.find((known) => known.id === id) as Aggregator;

/**
 * Dawid and Skene's model where its skills have intervals; with too many parameters for that, one parameter for each voter; for large
 * studies, the agreement with the majority of the other voters, whose interval is Wilson's.
 */
function skillMethod(votes: number, voted: number, answers: number): Aggregator {
  const fits = (parameters: number): boolean =>
    voted * parameters + answers - 1 <= mostForInterval && votes * answers <= mostCells && voted * answers ** 2 <= mostCells;
  if (fits(answers * (answers - 1))) return aggregator("dawidSkene");
  return fits(1) ? aggregator("oneCoin") : aggregator("majority");
}

function skillsOf({ protocol, votes }: PhaseEvidence): Skills {
  const without = (reason: string): Skills => ({ method: null, of: () => undefinedBecause(reason) });
  const reason = whyWithout(protocol, "categories");
  if (reason !== null) return without(reason);
  const table = answeredVotes(votes);
  if (table.item.length === 0) return without(noVotes);
  const categories = [...new Set(table.answer)].sort((one, other) => one - other);
  if (categories.length < 2) return without("All votes are the same answer, so skills cannot be distinguished from it.");
  const voted = [...new Set(table.voter)].sort((one, other) => one - other);
  if (voted.length < 2) return without("Skills need the votes of at least two voters.");
  const images = [...new Set(table.item)].sort((one, other) => one - other);
  const renumber = (column: Int32Array, values: readonly number[]): Int32Array => {
    const places = new Map(values.map((value, place) => [value, place]));
    return column.map((value) => places.get(value) as number);
  };
  const method = skillMethod(table.item.length, voted.length, categories.length);
  const { skill, skillInterval } = method.aggregate({
    items: images.length,
    voters: voted.length,
    answers: categories.length,
    item: renumber(table.item, images),
    voter: renumber(table.voter, voted),
    answer: renumber(table.answer, categories),
  });
  const placeOf = new Map(voted.map((voter, place) => [voter, place]));
  const counts = new Int32Array(voted.length);
  for (const voter of table.voter) counts[placeOf.get(voter) as number] = (counts[placeOf.get(voter) as number] as number) + 1;
  return {
    method: method.id,
    of: (voter) => {
      const place = placeOf.get(voter);
      if (place === undefined) return undefinedBecause("The voter has no answers in this phase.");
      if (skillInterval === null) return undefinedBecause("The votes do not determine the skills of all voters.");
      const bounds = { low: skillInterval.low[place] as number, high: skillInterval.high[place] as number };
      return figureOf({ estimate: skill[place] as number, ...bounds }, counts[place] as number, "The votes do not determine this skill.");
    },
  };
}
