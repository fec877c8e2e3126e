/**
 * Calibration of the machine with people as truth: images in bins of the machine's confidence in their label, each with the share of
 * people who recognise it. In a forced choice, people who recognise nothing agree by chance, so shares are corrected for guessing
 * (`study/guesses`); where guesses cannot be counted, calibration is undefined. Images without a confidence or without votes are left out, and
 * counted.
 */
import { integer, list, nullable, number, oneOf, record, type Shape, type ShapeValue, text } from "@pareidolia/core/documentShape";
import { undefinedBecause } from "../../agreement/coefficient.ts";
import type { Judged } from "../../calibration/people.ts";
import {
  assignBins,
  type Binning,
  calibrationError,
  errorBand,
  type ReliabilityBin,
  reliabilityDiagram,
  whyWithoutError,
} from "../../calibration/reliability.ts";
import { meanOf } from "../../calibration/scores.ts";
import type { CountedVotes } from "../../countedVotes.ts";
import { withoutGuesses } from "../../detection/signalDetection.ts";
import { tallyVotes } from "../../images/imageTally.ts";
import { meanShare, sharesOfImages } from "../../images/meanShare.ts";
import { withinShare } from "../../images/recognisedShare.ts";
import { whyWithout } from "../../protocols/registry.ts";
import { whyGuessesAreUnknown } from "../guesses.ts";
import type { Evidence, PhaseEvidence } from "./evidence.ts";
import {
  defined,
  type Figure,
  figureOf,
  figureShape,
  figureWith,
  finiteOrNull,
  noVotes,
  numbersOrNull,
  type OrReason,
  orReason,
  populations,
  resamplesFor,
} from "./figure.ts";
import { defineResult } from "./resultKind.ts";

const binnings = ["equalWidth", "equalMass"] as const satisfies readonly Binning[];
/** As Guo et al. (2017). */
const bins = 15;

const diagramFields = record({
  /** Bins of the same width of confidence, or of the same number of images. */
  binning: oneOf(binnings),
  /**
   * Of each bin: its range of confidence, images, mean confidence and mean share of people, corrected for guessing, with its 95% interval,
   * from 0 to 1. Null where undefined.
   */
  low: list(number),
  high: list(number),
  images: list(integer),
  confidence: numbersOrNull,
  agreement: numbersOrNull,
  agreementLow: numbersOrNull,
  agreementHigh: numbersOrNull,
  /** Over what these intervals generalise. */
  over: oneOf(populations),
  /** Expected calibration error: mean over images of |confidence - share| of their bin, with shares from 0 to 1. */
  ece: number,
  /** The same without the bias of few images, with its interval; n counts images. */
  debiasedEce: orReason(figureShape),
});
export interface CalibrationDiagram extends ShapeValue<typeof diagramFields> {}
const diagramShape: Shape<CalibrationDiagram> = diagramFields;

const groupFields = record({
  /** Null for all images. */
  source: nullable(text),
  images: integer,
  votes: integer,
  confidence: number,
  /** Mean over images of the share of people who agree, corrected for guessing, from 0 to 1; n counts images. */
  agreement: orReason(figureShape),
  /** The same mean as it was observed, with guesses. */
  withGuesses: orReason(figureShape),
  diagrams: list(diagramShape),
});
export interface CalibrationGroup extends ShapeValue<typeof groupFields> {}
const groupShape: Shape<CalibrationGroup> = groupFields;

const groupsFields = record({
  resamples: integer,
  /** The level of chance for which shares are corrected; null if no answer is a guess among alternatives. */
  chance: nullable(number),
  /** Images that were left out. */
  withoutConfidence: integer,
  withoutVotes: integer,
  /** All images, then those of each source. */
  groups: list(groupShape),
});
export interface CalibrationGroups extends ShapeValue<typeof groupsFields> {}
const groupsShape: Shape<CalibrationGroups> = groupsFields;

const phaseFields = record({ protocol: text, groups: orReason(groupsShape) });
export interface CalibrationPhase extends ShapeValue<typeof phaseFields> {}
const phaseShape: Shape<CalibrationPhase> = phaseFields;

export const calibration = defineResult({
  id: "calibration",
  label: "Calibration",
  description: "The machine's confidence beside the share of people who recognise the label, and the expected calibration error.",
  shared: () => ({}),
  sharedShape: record({}),
  compute: ({ phases }, evidence) => ({
    phases: phases.map((phase) => ({ protocol: phase.protocol.kind, groups: groupsOf(phase, evidence) })),
  }),
  sectionShape: record({ phases: list(phaseShape) }),
});

function groupsOf(phase: PhaseEvidence, { plan, images }: Evidence): CalibrationPhase["groups"] {
  const { protocol, coded, votes, chance } = phase;
  const without = whyWithout(protocol, "truth", coded) ?? (chance === null ? null : whyGuessesAreUnknown(phase));
  if (without !== null) return undefinedBecause(without);
  const tally = tallyVotes(votes, "item");
  const voted = [...images.keys()].filter((image) => (tally.votes[image] as number) > 0);
  const used = voted.filter((image) => images[image]?.confidence !== null);
  if (used.length === 0) return undefinedBecause("No image has both votes and a confidence of the machine.");
  const resamples = resamplesFor(used.length);
  const group = (source: string | null): CalibrationGroup => {
    const own = source === null ? used : used.filter((image) => images[image]?.source === source);
    const options = { seed: plan.seed, resamples };
    const shares = Float64Array.from(own, (image) => (tally.agreeing[image] as number) / (tally.votes[image] as number));
    const judged: Judged = {
      label: new Int32Array(own.length),
      confidence: Float64Array.from(own, (image) => images[image]?.confidence as number),
      // Below 0 for an image with fewer right answers than guesses would give: means of many images have no bias.
      truth: chance === null ? shares : shares.map((share) => withoutGuesses(share, chance)),
    };
    const withGuesses = agreementOf(votes, own);
    const corrected = (figure: OrReason<Figure>): OrReason<Figure> =>
      chance === null ? figure : mapFigure(figure, (share) => withinShare(withoutGuesses(share, chance)));
    return {
      source,
      images: own.length,
      votes: own.reduce((sum, image) => sum + (tally.votes[image] as number), 0),
      confidence: meanOf(judged.confidence),
      agreement: corrected(withGuesses),
      withGuesses,
      diagrams: binnings.map((binning) =>
        diagramOf(judged, binning, {
          ...options,
          agreementIn: (bin) =>
            corrected(
              agreementOf(
                votes,
                bin.map((place) => own[place] as number),
              ),
            ),
        }),
      ),
    };
  };
  const sources = [...new Set(used.map((image) => images[image]?.source as string))];
  return defined({
    resamples,
    chance,
    withoutConfidence: images.filter(({ confidence }) => confidence === null).length,
    withoutVotes: images.length - voted.length,
    groups: [group(null), ...(sources.length > 1 ? sources.map(group) : [])],
  });
}

/** The mean share of these images, which have votes. */
function agreementOf(votes: CountedVotes, images: readonly number[]): OrReason<Figure> {
  const isMember = new Uint8Array(votes.items);
  for (const image of images) isMember[image] = 1;
  const shares = sharesOfImages(votes, isMember);
  return shares === null ? undefinedBecause(noVotes) : figureWith(shares.mean, meanShare(shares), shares.images, "votersAndImages");
}

/** The figure, or the estimate without one, under an increasing function. */
function mapFigure(figure: OrReason<Figure>, by: (value: number) => number): OrReason<Figure> {
  if (figure.defined) return { ...figure, estimate: by(figure.estimate), low: by(figure.low), high: by(figure.high) };
  return figure.estimate === undefined ? figure : { ...figure, estimate: by(figure.estimate) };
}

interface DiagramOptions {
  readonly seed: number;
  readonly resamples: number;
  /** The mean share of a bin. @param bin places of its images. */
  agreementIn(bin: readonly number[]): OrReason<Figure>;
}

function diagramOf(judged: Judged, binning: Binning, { agreementIn, ...options }: DiagramOptions): CalibrationDiagram {
  const how = { binning, bins, ...options };
  const diagram = reliabilityDiagram(judged, how);
  const binOf = assignBins(judged.confidence, how).bin;
  const agreement = diagram.map(({ images }, bin) =>
    images === 0 ? null : agreementIn([...binOf.keys()].filter((place) => binOf[place] === bin)),
  );
  const most = mostError(diagram);
  const few = whyWithoutError(judged.confidence.length, diagram.filter(({ images }) => images > 0).length);
  return {
    binning,
    low: diagram.map(({ low }) => low),
    high: diagram.map(({ high }) => high),
    images: diagram.map(({ images }) => images),
    confidence: diagram.map(({ confidence }) => finiteOrNull(confidence)),
    agreement: agreement.map((figure) => figure?.estimate ?? null),
    agreementLow: agreement.map((figure) => (figure?.defined ? figure.low : null)),
    agreementHigh: agreement.map((figure) => (figure?.defined ? figure.high : null)),
    over: "votersAndImages",
    ece: Math.min(most, calibrationError(judged, how).ece),
    debiasedEce: boundError(figureOf(errorBand(judged, how), judged.confidence.length, "images", few), most),
  };
}

/**
 * The largest calibration error that shares from 0 to 1 can give with these confidences. Shares of few votes, corrected for guessing, can be
 * below 0; bounding each bin's share would add up only such errors, so the sum is bounded.
 */
function mostError(diagram: readonly ReliabilityBin[]): number {
  let [sum, images] = [0, 0];
  for (const bin of diagram) {
    if (bin.images === 0) continue;
    sum += bin.images * Math.max(bin.confidence, 1 - bin.confidence);
    images += bin.images;
  }
  return sum / images;
}

/** The interval is for other images, which may have other confidences. */
function boundError(figure: OrReason<Figure>, most: number): OrReason<Figure> {
  const bounded = (value: number): number => Math.max(0, Math.min(most, value));
  const found = mapFigure(figure, bounded);
  return figure.defined && found.defined ? { ...found, high: Math.max(found.estimate, withinShare(figure.high)) } : found;
}
