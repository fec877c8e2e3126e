/**
 * Groups of images compared: by network, source, generation of the elite, and the plan's groups and conditions, each with the share of votes
 * that agree and the mean confidence, and the difference of every two groups. Pages choose a baseline among the groups and correct for the
 * number of comparisons with it (`holm`). Intervals of shares are for other voters and other images (`totalAgreement`,
 * `differenceOfShares`); those of confidences, on which no votes are cast, are for other images, and taken in nines.
 */
import { integer, list, nullable, number, oneOf, record, type Shape, type ShapeValue, text } from "@pareidolia/core/documentShape";
import { fromNines, ninesRange, toNines } from "@pareidolia/core/nines";
import { undefinedBecause } from "../../agreement/coefficient.ts";
import { filterVotes } from "../../countedVotes.ts";
import { type Tally, tallyVotes } from "../../images/imageTally.ts";
import { meanInterval, momentsOf } from "../../intervals/meanInterval.ts";
import { whyWithout } from "../../protocols/registry.ts";
import { differenceOfMeans } from "../differenceOfMeans.ts";
import { type DifferenceOrReason, differenceOfShares } from "../differenceOfShares.ts";
import { totalAgreement } from "../totalAgreement.ts";
import { type DifferenceResult, differenceShape } from "./differenceResult.ts";
import type { Evidence, PhaseEvidence } from "./evidence.ts";
import { defined, type Figure, figureShape, figureWith, noVotes, type OrReason, orReason, type Population } from "./figure.ts";
import { groupImages, groupingIds, type ImageGroup, type ImageGrouping } from "./imageGroups.ts";
import { defineResult } from "./resultKind.ts";

const imageShape = record({ image: integer, agreeing: integer, votes: integer });

const groupFields = record({
  /** Of the network, source, group or condition; empty for generations, which have a first and a last one. */
  name: text,
  from: nullable(integer),
  to: nullable(integer),
  images: integer,
  /** Images and voters with votes that count, and these votes. */
  judged: integer,
  voters: integer,
  votes: integer,
  /** Of votes that agree; n counts votes. */
  share: orReason(figureShape),
  /** The machine's mean in nines, as a confidence; n counts images with one. */
  confidence: orReason(figureShape),
  /** The most and the least recognised images, at most four each. */
  most: list(imageShape),
  least: list(imageShape),
});
export interface GroupResult extends ShapeValue<typeof groupFields> {}
const groupShape: Shape<GroupResult> = groupFields;

const pairFields = record({
  /** Indices of groups. */
  first: integer,
  second: integer,
  share: orReason(differenceShape),
  /** Of the means in nines. */
  confidence: orReason(differenceShape),
});
export interface PairResult extends ShapeValue<typeof pairFields> {}
const pairShape: Shape<PairResult> = pairFields;

const groupingFields = record({
  by: oneOf(groupingIds),
  /** Images without a network, generation, group or condition; groups that are left out as there are too many, and their images. */
  without: integer,
  leftOut: record({ groups: integer, images: integer }),
  groups: list(groupShape),
  /** Every two groups. */
  pairs: list(pairShape),
});
export interface GroupingResult extends ShapeValue<typeof groupingFields> {}
const groupingShape: Shape<GroupingResult> = groupingFields;

const phaseFields = record({ protocol: text, chance: nullable(number), groupings: list(groupingShape) });
export interface GroupsPhase extends ShapeValue<typeof phaseFields> {}
const phaseShape: Shape<GroupsPhase> = phaseFields;

export const groups = defineResult({
  id: "groups",
  label: "Groups of images",
  description: "Recognisability and confidence by network, source, generation, and the plan's groups and conditions, with differences.",
  shared: () => ({}),
  sharedShape: record({}),
  compute: ({ phases }, evidence) => ({
    phases: phases.map((phase) => ({
      protocol: phase.protocol.kind,
      chance: phase.chance,
      groupings: groupingIds.map((by) => groupingOf(groupImages(evidence.images, evidence.plan.rules.design.stimuli, by), phase, evidence)),
    })),
  }),
  sectionShape: record({ phases: list(phaseShape) }),
});

interface Voted {
  readonly byVoter: Tally;
  /** Of the group's images only. */
  readonly byImage: Tally;
  readonly confidences: readonly number[];
  readonly result: GroupResult;
}

function groupingOf(grouping: ImageGrouping, phase: PhaseEvidence, evidence: Evidence): GroupingResult {
  const without = whyWithout(phase.protocol, "agreement", phase.coded);
  const voted = grouping.groups.map((group) => votedGroup(group, phase, evidence, without));
  return {
    by: grouping.by,
    without: grouping.without,
    leftOut: grouping.leftOut,
    groups: voted.map(({ result }) => result),
    pairs: voted.flatMap((one, first) =>
      voted.slice(first + 1).map((other, offset) => ({
        first,
        second: first + 1 + offset,
        share: shareDifference(one, other, without),
        confidence: confidenceDifference(one, other),
      })),
    ),
  };
}

function votedGroup({ images, ...named }: ImageGroup, { votes }: PhaseEvidence, evidence: Evidence, without: string | null): Voted {
  const isMember = new Uint8Array(votes.items);
  for (const image of images) isMember[image] = 1;
  const own = filterVotes(votes, (vote) => isMember[votes.item[vote] as number] === 1);
  const [byVoter, byImage] = [tallyVotes(own, "voter"), tallyVotes(own, "item")];
  const judged = images.filter((image) => (byImage.votes[image] as number) > 0);
  const voters = byVoter.votes.filter((count) => count > 0).length;
  const count = byVoter.votes.reduce((sum, value) => sum + value, 0);
  const confidences = images.flatMap((image) => evidence.images[image]?.confidence ?? []);
  const share = (): OrReason<Figure> => {
    if (without !== null) return undefinedBecause(without);
    if (count === 0) return undefinedBecause(noVotes);
    const { share: estimate, interval } = totalAgreement(byVoter, byImage);
    return figureWith(estimate, interval, count, "votersAndImages");
  };
  const ranked = rank(judged, byImage);
  return {
    byVoter,
    byImage,
    confidences,
    result: {
      ...named,
      images: images.length,
      judged: judged.length,
      voters,
      votes: count,
      share: share(),
      confidence: meanConfidence(confidences),
      most: ranked.slice(0, shownImages),
      least: ranked.slice(shownImages).slice(-shownImages).reverse(),
    },
  };
}

const shownImages = 4;

/** From the highest share; of equal shares, first the one of more votes. */
function rank(images: readonly number[], { agreeing, votes }: Tally): GroupResult["most"] {
  const share = (image: number): number => (agreeing[image] as number) / (votes[image] as number);
  return [...images]
    .sort((one, other) => share(other) - share(one) || (votes[other] as number) - (votes[one] as number) || one - other)
    .map((image) => ({ image, agreeing: agreeing[image] as number, votes: votes[image] as number }));
}

const noConfidence = "No image of the group has a confidence of the machine.";

/** On the scale of nines, on which the machine's confidences are about symmetric, and transformed back. */
function meanConfidence(confidences: readonly number[]): OrReason<Figure> {
  if (confidences.length === 0) return undefinedBecause(noConfidence);
  const nines = momentsOf(confidences.map(toNines));
  const bounds = meanInterval(nines, ninesRange);
  const back = bounds.defined ? { defined: true as const, low: fromNines(bounds.low), high: fromNines(bounds.high) } : bounds;
  return figureWith(fromNines(nines.mean), back, confidences.length, "images");
}

function shareDifference(one: Voted, other: Voted, without: string | null): OrReason<DifferenceResult> {
  if (without !== null) return undefinedBecause(without);
  return differenceResult(differenceOfShares(one, other), one.result.votes + other.result.votes, "votersAndImages");
}

function confidenceDifference(one: Voted, other: Voted): OrReason<DifferenceResult> {
  const [own, others] = [one, other].map(({ confidences }) => confidences.map(toNines)) as [number[], number[]];
  if (own.length === 0 || others.length === 0) return undefinedBecause(noConfidence);
  return differenceResult(differenceOfMeans(own, others, ninesRange.highest), own.length + others.length, "images");
}

function differenceResult(found: DifferenceOrReason, n: number, over: Population): OrReason<DifferenceResult> {
  if (!found.defined) return found;
  const { difference, p, effect } = found;
  return [difference, effect].every(({ low, high }) => Number.isFinite(low) && Number.isFinite(high))
    ? defined({ difference: { ...difference, n, over }, p, effect })
    : undefinedBecause("The votes do not determine the difference.", difference.estimate);
}
