/**
 * The summary: the total agreement with an interval for other people and other images, and how many voters and images are above chance,
 * counted in two ways.
 */
import { integer, list, nullable, number, oneOf, record, type Shape, type ShapeValue, text } from "@pareidolia/core/documentShape";
import { undefinedBecause } from "../../agreement/coefficient.ts";
import { type Tally, tallyVotes } from "../../images/imageTally.ts";
import { whyWithout } from "../../protocols/registry.ts";
import { totalAgreement } from "../totalAgreement.ts";
import { countAboveChance } from "../waysOfCounting.ts";
import type { PhaseEvidence } from "./evidence.ts";
import { defined, figureShape, integers, noVotes, type OrReason, orReason, resamplesFor } from "./figure.ts";
import { defineResult, ifUsable } from "./resultKind.ts";

const totalFields = record({
  /** Of all votes. */
  agreement: figureShape,
  /** Voters and images with votes. */
  voters: integer,
  images: integer,
  resamples: integer,
  /** From voters, from images, from single votes, and from all of them. */
  standardError: record({ voters: number, images: number, votes: number, total: number }),
});
export interface Total extends ShapeValue<typeof totalFields> {}
const totalShape: Shape<Total> = totalFields;

const comparisons = ["intervalAbove", "meanAbove", "notAbove"] as const;

const countingFields = record({
  /** Share of voters or images whose share is above chance, and whose exact interval is; n counts voters or images. */
  meanAbove: figureShape,
  intervalAbove: figureShape,
  /** Voters' numbers or images' indices, those with votes. */
  units: integers,
  agreeing: integers,
  votes: integers,
  /** Exact 95% interval of agreeing / votes. */
  low: list(number),
  high: list(number),
  /** Whether the interval is above chance, only the share is, or neither. */
  comparison: list(oneOf(comparisons)),
});
export interface Counting extends ShapeValue<typeof countingFields> {}
const countingShape: Shape<Counting> = countingFields;

const phaseFields = record({
  protocol: text,
  chance: nullable(number),
  /** Counted trials with a vote, with an answer that does not count as a vote, and skipped. */
  votes: integer,
  missing: integer,
  skipped: integer,
  total: orReason(totalShape),
  voters: orReason(countingShape),
  images: orReason(countingShape),
});
export interface SummaryPhase extends ShapeValue<typeof phaseFields> {}
const phaseShape: Shape<SummaryPhase> = phaseFields;

export const summary = defineResult({
  id: "summary",
  label: "Summary",
  description: "Total agreement, and voters and images above chance, counted in two ways.",
  shared: () => ({}),
  sharedShape: record({}),
  compute: ({ phases }, { plan, voters }) => ({
    phases: phases.map((phase) => {
      const [byVoter, byImage] = [tallyVotes(phase.votes, "voter"), tallyVotes(phase.votes, "item")];
      return {
        protocol: phase.protocol.kind,
        chance: phase.chance,
        votes: sum(byVoter.votes),
        missing: sum(byVoter.missing),
        skipped: phase.skipped,
        total: ifUsable(phase.protocol, "agreement", () => totalOf(byVoter, byImage, plan.seed)),
        voters: countingOf(phase, byVoter, (index) => voters[index]?.number as number),
        images: countingOf(phase, byImage, (index) => index),
      };
    }),
  }),
  sectionShape: record({ phases: list(phaseShape) }),
});

const sum = (column: Int32Array): number => column.reduce((total, value) => total + value, 0);
const withVotes = ({ votes }: Tally): number => votes.filter((count) => count > 0).length;

function totalOf(byVoter: Tally, byImage: Tally, seed: number): OrReason<Total> {
  const [voters, images] = [withVotes(byVoter), withVotes(byImage)];
  if (voters === 0) return undefinedBecause(noVotes);
  if (voters < 2 || images < 2) return undefinedBecause("The interval needs votes of at least two voters on at least two images.");
  const resamples = resamplesFor(voters + images);
  const { agreement, votes, standardError } = totalAgreement(byVoter, byImage, { seed, resamples });
  return defined({ agreement: { ...agreement, n: votes }, voters, images, resamples, standardError });
}

function countingOf({ protocol, chance }: PhaseEvidence, tally: Tally, unitOf: (index: number) => number): OrReason<Counting> {
  const without = whyWithout(protocol, "agreement") ?? whyWithout(protocol, "chance");
  if (without !== null || chance === null) return undefinedBecause(without ?? "This question has no level of chance.");
  const { units, meanAbove, intervalAbove } = countAboveChance(tally, chance);
  if (meanAbove === null || intervalAbove === null) return undefinedBecause(noVotes);
  return defined({
    meanAbove: { ...meanAbove, n: units.length },
    intervalAbove: { ...intervalAbove, n: units.length },
    units: units.map(({ index }) => unitOf(index)),
    agreeing: units.map(({ index }) => tally.agreeing[index] as number),
    votes: units.map(({ index }) => tally.votes[index] as number),
    low: units.map(({ share }) => share.low),
    high: units.map(({ share }) => share.high),
    comparison: units.map(({ comparison }) => comparison),
  });
}
