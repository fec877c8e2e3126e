/**
 * Voters: how much each answered, how fast, how attentively and how well, with flags and with the rules of the plan that exclude them.
 * As planned, only voters whose votes count are listed; of everyone, all are.
 */
import { boolean, integer, list, nullable, number, oneOf, record, type Shape, type ShapeValue, text } from "@pareidolia/core/documentShape";
import { warningKinds } from "../../aggregation/warnings.ts";
import { answeredVotes } from "../../countedVotes.ts";
import { binomialUpperTail } from "../../numbers/binomialTail.ts";
import { whyWithout } from "../../protocols/registry.ts";
import type { Hits, VoterRecord } from "../../voters/describeVoters.ts";
import { type Flag, flagVoter } from "../../voters/flags.ts";
import { type Skills, skillsOf, withoutSkills } from "../../voters/skills.ts";
import { type Evidence, exclusions, type PhaseEvidence, type Side } from "./evidence.ts";
import { type Figure, figureOf, figureShape, figureWith, integers, noVotes, type OrReason, orReason } from "./figure.ts";
import { defineResult } from "./resultKind.ts";

const flags = ["gold", "noise", "fast", "canary", "sameAnswer"] as const satisfies readonly Flag[];

const hitsFields = record({
  hits: integer,
  /** Trials. */
  of: integer,
  /** Trials whose answers cannot be judged: of noise, where no answer shows attention. */
  unjudged: integer,
  /** With the exact interval; undefined without trials that can be judged. */
  share: orReason(figureShape),
});
export interface HitsOfVoter extends ShapeValue<typeof hitsFields> {}
const hitsShape: Shape<HitsOfVoter> = hitsFields;

const contradictionFields = record({
  hits: integer,
  of: integer,
  /** Two-sided probability of gold hits as far from those that the skill makes likely. */
  p: number,
  /** A sentence for the page. */
  reason: text,
});
export interface Contradiction extends ShapeValue<typeof contradictionFields> {}
const contradictionShape: Shape<Contradiction> = contradictionFields;

const warningFields = record({
  kind: oneOf(warningKinds),
  /** Numbers of the voters concerned. */
  voters: integers,
  share: number,
  reason: text,
});
export interface SkillWarning extends ShapeValue<typeof warningFields> {}
const warningShape: Shape<SkillWarning> = warningFields;

const voterFields = record({
  number: integer,
  finished: boolean,
  insider: boolean,
  /** Whether the voter saw the still version. */
  still: boolean,
  /** Why the votes do not count as planned. */
  exclusions: list(oneOf(exclusions)),
  flags: list(oneOf(flags)),
  /** Agreeing votes among those that agree or disagree. */
  agreement: hitsShape,
  /** Of counted trials: votes that count, answers that do not, skipped trials, and trials without an answer when their time ended. */
  votes: integer,
  missing: integer,
  skipped: integer,
  timedOut: integer,
  /** Of images that came twice, those that the voter answered the same both times. */
  repeats: record({ same: integer, of: integer }),
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
  /** In each phase: the gold trials, if they contradict the skill, with or without its interval; null if not, or without a skill or gold. */
  goldContradictsSkill: list(nullable(contradictionShape)),
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
    const skills = side.phases.map((phase) => skillsIn(phase, evidence.plan.seed));
    const counted = countByVoter(side, evidence.voters.length);
    return {
      /** The aggregator that estimated the skills of each phase. */
      skillMethods: skills.map(({ method }) => method),
      /** In each phase: reasons to doubt the skills. */
      skillWarnings: skills.map(({ warnings }) =>
        warnings.map((warning) => ({ ...warning, voters: warning.voters.map((index) => evidence.voters[index]?.number as number) })),
      ),
      voters: side.voters.map((index) => voterOf(index, side, evidence, { skills, counted })),
    };
  },
  sectionShape: record({ skillMethods: list(nullable(text)), skillWarnings: list(list(warningShape)), voters: list(voterShape) }),
});

/** Answers in all phases, by voter: to counted trials, those that count as votes, and those that do not. */
interface CountedAnswers {
  readonly votes: Int32Array;
  readonly missing: Int32Array;
  /** Images that came twice, and those of them with the same answer. */
  readonly repeats: Int32Array;
  readonly same: Int32Array;
}

function countByVoter({ phases }: Side, voters: number): CountedAnswers {
  const column = (): Int32Array => new Int32Array(voters);
  const counted = { votes: column(), missing: column(), repeats: column(), same: column() };
  const add = (to: Int32Array, voter: number, count: number): void => {
    to[voter] = (to[voter] as number) + count;
  };
  for (const { votes, counts, repeats } of phases) {
    for (const [vote, isVote] of counts.entries()) add(isVote === 1 ? counted.votes : counted.missing, votes.voter[vote] as number, 1);
    for (const [index, voter] of repeats.voter.entries()) {
      add(counted.repeats, voter, 1);
      add(counted.same, voter, repeats.same[index] as number);
    }
  }
  return counted;
}

function voterOf(
  index: number,
  { phases, records }: Side,
  evidence: Evidence,
  { skills, counted }: { readonly skills: readonly Skills[]; readonly counted: CountedAnswers },
): VoterResult {
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
    votes: counted.votes[index] as number,
    missing: counted.missing[index] as number,
    skipped: evidence.skipped[index] ?? 0,
    timedOut: evidence.timedOut[index] ?? 0,
    repeats: { same: counted.same[index] as number, of: counted.repeats[index] as number },
    gold: hitsOf(described.gold, evidence.unjudged.gold[index]),
    noise: hitsOf(described.noise, evidence.unjudged.noise[index]),
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
    skills: skills.map((skill) => skillFigure(skill.of(index))),
    goldContradictsSkill: skills.map((skill, phase) =>
      contradictionOf(skillFigure(skill.of(index)), goldOf(phases[phase] as PhaseEvidence, index)),
    ),
  };
}

const noTrials = "There are no such trials.";
const notJudged = "These checks are not judged: no answer to this question shows whether the voter pays attention to noise.";

function hitsOf({ hits, of, share }: Hits, unjudged = 0): HitsOfVoter {
  return { hits, of, unjudged, share: figureOf(share, of, "images", unjudged > 0 ? notJudged : noTrials) };
}

function goldOf({ checks: { gold } }: PhaseEvidence, voter: number): { readonly hits: number; readonly of: number } {
  let [hits, of] = [0, 0];
  for (let check = 0; check < gold.voter.length; check++) {
    if (gold.voter[check] !== voter) continue;
    of++;
    hits += gold.hit[check] as number;
  }
  return { hits, of };
}

/** Gold hits as improbable as this contradict a skill. */
const contradictoryP = 0.05;

function contradictionOf(skill: OrReason<Figure>, { hits, of }: { readonly hits: number; readonly of: number }): Contradiction | null {
  const { estimate } = skill;
  if (estimate === undefined || of === 0) return null;
  const atMost = 1 - (hits === of ? 0 : binomialUpperTail(hits + 1, of, estimate));
  const atLeast = hits === 0 ? 1 : binomialUpperTail(hits, of, estimate);
  const p = Math.min(1, 2 * Math.min(atMost, atLeast));
  if (p >= contradictoryP) return null;
  const gap = atMost < atLeast ? "fewer" : "more";
  const reason =
    `${hits} of ${of} gold photographs were answered right, many ${gap} than the skill of ${estimate.toFixed(2)} makes likely. ` +
    "The skill follows the other voters, and gold does not.";
  return { hits, of, p, reason };
}

function skillsIn({ protocol, coded, votes }: PhaseEvidence, seed: number): Skills {
  const reason = whyWithout(protocol, "categories", coded);
  if (reason !== null) return withoutSkills(reason);
  const table = answeredVotes(votes);
  return table.item.length === 0 ? withoutSkills(noVotes) : skillsOf(table, seed);
}

function skillFigure(found: ReturnType<Skills["of"]>): OrReason<Figure> {
  return "skill" in found ? figureWith(found.skill, found.interval, found.answers, "images") : found;
}
