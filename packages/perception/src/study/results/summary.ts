/**
 * The summary: the total agreement with an interval for other people and other images, and how many voters and images are above chance,
 * counted in two ways.
 */
import { integer, list, nullable, number, oneOf, record, type Shape, type ShapeValue, text } from "@pareidolia/core/documentShape";
import { undefinedBecause } from "../../agreement/coefficient.ts";
import { type Tally, tallyVotes } from "../../images/imageTally.ts";
import { whyWithout } from "../../protocols/registry.ts";
import { readsAgreement } from "../../stopping/registry.ts";
import { totalAgreement } from "../totalAgreement.ts";
import { type CountingInterval, countAboveChance, countingIntervals } from "../waysOfCounting.ts";
import { countVotes, type PhaseEvidence } from "./evidence.ts";
import { defined, figureShape, figureWith, integers, noVotes, type OrReason, orReason, type Population, populations } from "./figure.ts";
import { defineResult, ifUsable } from "./resultKind.ts";

const totalFields = record({
  /** Of all votes. */
  agreement: orReason(figureShape),
  /** Voters and images with votes. */
  voters: integer,
  images: integer,
  /** From voters, from images, from single votes, and from all of them. */
  standardError: record({ voters: number, images: number, votes: number, total: number }),
});
export interface Total extends ShapeValue<typeof totalFields> {}
const totalShape: Shape<Total> = totalFields;

const comparisons = ["intervalAbove", "meanAbove", "notAbove"] as const;

const countingFields = record({
  /** Share of voters or images whose share is above chance, and whose interval is; n counts voters or images. */
  meanAbove: figureShape,
  intervalAbove: figureShape,
  /** Voters' numbers or images' indices, those with votes. */
  units: integers,
  agreeing: integers,
  votes: integers,
  /** How `low` and `high` are computed: of images, by a confidence sequence where agreement decides when an image stops. */
  interval: oneOf(countingIntervals),
  /** Over what the intervals of single voters or images generalise; those of the two shares are over the voters or images themselves. */
  over: oneOf(populations),
  /** 95% interval of agreeing / votes. */
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
  /** Counted trials with a vote that counts, with an answer that does not, skipped, and without an answer when their time ended. */
  votes: integer,
  missing: integer,
  skipped: integer,
  timedOut: integer,
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
        ...countVotes(phase),
        skipped: phase.skipped,
        timedOut: phase.timedOut,
        total: ifUsable(phase, "agreement", () => totalOf(byVoter, byImage)),
        voters: countingOf(phase, byVoter, { interval: "exact", units: "voters" }, (index) => voters[index]?.number as number),
        images: countingOf(
          phase,
          byImage,
          { interval: readsAgreement(plan.rules.stopping) ? "sequence" : "exact", units: "images" },
          (index) => index,
        ),
      };
    }),
  }),
  sectionShape: record({ phases: list(phaseShape) }),
});

const sum = (column: Int32Array): number => column.reduce((total, value) => total + value, 0);

function totalOf(byVoter: Tally, byImage: Tally): OrReason<Total> {
  if (sum(byVoter.votes) === 0) return undefinedBecause(noVotes);
  const { share, interval, votes, voters, images, standardError } = totalAgreement(byVoter, byImage);
  return defined({ agreement: figureWith(share, interval, votes, "votersAndImages"), voters, images, standardError });
}

interface CountingOptions {
  readonly interval: CountingInterval;
  readonly units: "voters" | "images";
}

/** A voter's share is of other images, and an image's of other voters. */
const overOfUnits = { voters: "images", images: "voters" } as const satisfies Record<CountingOptions["units"], Population>;

function countingOf(
  { protocol, coded, chance }: PhaseEvidence,
  tally: Tally,
  { interval, units: counted }: CountingOptions,
  unitOf: (index: number) => number,
): OrReason<Counting> {
  const without = whyWithout(protocol, "agreement", coded) ?? whyWithout(protocol, "chance", coded);
  if (without !== null || chance === null) return undefinedBecause(without ?? "This question has no level of chance.");
  const { units, meanAbove, intervalAbove } = countAboveChance(tally, chance, interval);
  if (meanAbove === null || intervalAbove === null) return undefinedBecause(noVotes);
  return defined({
    meanAbove: { ...meanAbove, n: units.length, over: counted },
    intervalAbove: { ...intervalAbove, n: units.length, over: counted },
    units: units.map(({ index }) => unitOf(index)),
    agreeing: units.map(({ index }) => tally.agreeing[index] as number),
    votes: units.map(({ index }) => tally.votes[index] as number),
    interval,
    over: overOfUnits[counted],
    low: units.map(({ share }) => share.low),
    high: units.map(({ share }) => share.high),
    comparison: units.map(({ comparison }) => comparison),
  });
}
