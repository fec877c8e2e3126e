/**
 * The plane: for each image, the machine's confidence and the share of people whose answer agrees with its label, as columns in the order
 * of the study's images. Pairs of images of one label have no such share; their choices rank the images of each label instead.
 */
import { list, nullable, number, oneOf, record, type Shape, type ShapeValue, text } from "@pareidolia/core/documentShape";
import { type BradleyTerry, bradleyTerry, whyWithoutStrengths } from "../../aggregation/bradleyTerry.ts";
import { undefinedBecause } from "../../agreement/coefficient.ts";
import { describeImages } from "../../images/describeImages.ts";
import { tallyVotes } from "../../images/imageTally.ts";
import { type ShareInterval, shareIntervalOf, shareIntervals } from "../../intervals/shareInterval.ts";
import { ranksImages } from "../../protocols/registry.ts";
import type { PairChoices } from "../collectVotes.ts";
import type { PhaseEvidence } from "./evidence.ts";
import { defined, finiteOrNull, integers, noVotes, numbersOrNull, type OrReason, orReason, populations } from "./figure.ts";
import { defineResult, ifUsable } from "./resultKind.ts";

const sharesFields = record({
  /** Votes that count, those of them that agree, and answers that do not count as votes. */
  votes: integers,
  agreeing: integers,
  missing: integers,
  /** How `low` and `high` are computed: by a confidence sequence where agreement decides when an image stops. */
  interval: oneOf(shareIntervals),
  /** Over what these intervals generalise. */
  over: oneOf(populations),
  /** 95% interval of agreeing / votes; null without votes. */
  low: numbersOrNull,
  high: numbersOrNull,
  /** p against chance, adjusted for all images with votes (Benjamini & Hochberg); null without votes or chance, and with a sequence. */
  adjustedP: numbersOrNull,
});
export interface Shares extends ShapeValue<typeof sharesFields> {}
const sharesShape: Shape<Shares> = sharesFields;

const strengthsFields = record({
  /** Choices between pairs that include the image. */
  choices: integers,
  /**
   * Log-odds above the mean of the images with the same label; null for images without choices. Its 95% interval; null, too, where the choices
   * between images of the label allow none.
   */
  strength: numbersOrNull,
  low: numbersOrNull,
  high: numbersOrNull,
  /** Over what these intervals generalise. */
  over: oneOf(populations),
  /** Why the images of a label have no interval, the last of such labels; null if all have. */
  intervalReason: nullable(text),
});
export interface Strengths extends ShapeValue<typeof strengthsFields> {}
const strengthsShape: Shape<Strengths> = strengthsFields;

const phaseFields = record({
  protocol: text,
  /** Probability that a guess agrees. */
  chance: nullable(number),
  shares: orReason(sharesShape),
  strengths: orReason(strengthsShape),
});
export interface PlanePhase extends ShapeValue<typeof phaseFields> {}
const phaseShape: Shape<PlanePhase> = phaseFields;

export const plane = defineResult({
  id: "plane",
  label: "Plane",
  description: "Each image's share of agreeing votes beside the machine's confidence.",
  shared: ({ images }) => {
    const sources = [...new Set(images.map(({ source }) => source))];
    return {
      confidence: images.map(({ confidence }) => confidence),
      sources,
      source: images.map(({ source }) => sources.indexOf(source)),
    };
  },
  sharedShape: record({
    confidence: numbersOrNull,
    sources: list(text),
    /** Of each image, an index of `sources`. */
    source: integers,
  }),
  compute: ({ phases }, { plan }) => ({
    phases: phases.map((phase) => ({
      protocol: phase.protocol.kind,
      chance: phase.chance,
      shares: ifUsable(phase, "agreement", () => sharesOf(phase, shareIntervalOf(plan.rules.stopping))),
      strengths: strengthsOf(
        phase,
        plan.rules.design.stimuli.map(({ label }) => label),
      ),
    })),
  }),
  sectionShape: record({ phases: list(phaseShape) }),
});

function sharesOf({ chance, votes }: PhaseEvidence, interval: ShareInterval): OrReason<Shares> {
  const tally = tallyVotes(votes, "item");
  if (!tally.votes.some((count) => count > 0)) return undefinedBecause(noVotes);
  const records = describeImages(tally, { chance, interval });
  return defined({
    votes: records.map((image) => image.votes),
    agreeing: records.map((image) => image.agreeing),
    missing: records.map((image) => image.missing),
    interval,
    over: "voters",
    low: records.map((image) => image.interval?.low ?? null),
    high: records.map((image) => image.interval?.high ?? null),
    adjustedP: records.map(({ adjustedP }) => adjustedP),
  });
}

/** Voters' discriminations are estimated, too, up to this number of images and voters of one label: the work rises with its cube. */
const maxWithDiscrimination = 500;
const maxImagesOfLabel = 1500;

/** Images of different labels are never in one pair, so each label has its own scale. */
function strengthsOf({ protocol, pairs }: PhaseEvidence, labels: readonly number[]): OrReason<Strengths> {
  if (!ranksImages(protocol)) return undefinedBecause("Only choices between images of one label rank images.");
  if (pairs.winner.length === 0) return undefinedBecause(noVotes);
  const choices = new Int32Array(pairs.items);
  for (const column of [pairs.winner, pairs.loser]) for (const image of column) choices[image] = (choices[image] as number) + 1;
  const column = (): (number | null)[] => Array.from(choices, () => null);
  const [strength, low, high] = [column(), column(), column()];
  let intervalReason: string | null = null;
  const members = new Map<number, number[]>();
  for (const [image, label] of labels.entries()) {
    if (choices[image] === 0) continue;
    const own = members.get(label);
    if (own === undefined) members.set(label, [image]);
    else own.push(image);
  }
  for (const images of members.values()) {
    if (images.length > maxImagesOfLabel)
      return undefinedBecause(
        `A label has more than ${maxImagesOfLabel} images with choices, too many to rank. Rank them in several studies.`,
      );
    const { fitted, reason } = rank(pairs, images);
    intervalReason = reason ?? intervalReason;
    for (const [index, image] of images.entries()) {
      strength[image] = finiteOrNull(fitted.strength[index] as number);
      if (reason !== null) continue;
      low[image] = finiteOrNull(fitted.strengthInterval.low[index] as number);
      high[image] = finiteOrNull(fitted.strengthInterval.high[index] as number);
    }
  }
  return defined({ choices: [...choices], strength, low, high, over: "voters", intervalReason });
}

/** The strengths of these images, from the pairs among them. */
function rank(pairs: PairChoices, images: readonly number[]): { readonly fitted: BradleyTerry; readonly reason: string | null } {
  const indexOf = new Map(images.map((image, index) => [image, index]));
  const own = [...pairs.winner.keys()].filter((pair) => indexOf.has(pairs.winner[pair] as number));
  const voters = [...new Set(own.map((pair) => pairs.voter[pair] as number))];
  const voterOf = new Map(voters.map((voter, index) => [voter, index]));
  const take = (column: Int32Array, index: ReadonlyMap<number, number>): Int32Array =>
    Int32Array.from(own, (pair) => index.get(column[pair] as number) as number);
  const fitted = bradleyTerry(
    {
      items: images.length,
      voters: voters.length,
      winner: take(pairs.winner, indexOf),
      loser: take(pairs.loser, indexOf),
      voter: take(pairs.voter, voterOf),
    },
    { voterSkills: images.length + voters.length <= maxWithDiscrimination },
  );
  return { fitted, reason: whyWithoutStrengths({ voters: voters.length, choices: own.length }) };
}
