/**
 * Calibration of the machine with people as truth: images in bins of the machine's confidence in their label, each with the share of
 * people who agree. Images without a confidence or without votes are left out, and counted.
 */
import { integer, list, nullable, number, oneOf, record, type Shape, type ShapeValue, text } from "@pareidolia/core/documentShape";
import { undefinedBecause } from "../../agreement/coefficient.ts";
import type { Judged } from "../../calibration/people.ts";
import { type Binning, calibrationBands, calibrationError, reliabilityDiagram } from "../../calibration/reliability.ts";
import { meanOf, meanWithInterval } from "../../calibration/scores.ts";
import { tallyVotes } from "../../images/imageTally.ts";
import { whyWithout } from "../../protocols/registry.ts";
import type { Evidence, PhaseEvidence } from "./evidence.ts";
import { defined, figureOf, figureShape, finiteOrNull, numbersOrNull, orReason, resamplesFor } from "./figure.ts";
import { defineResult } from "./resultKind.ts";

const binnings = ["equalWidth", "equalMass"] as const satisfies readonly Binning[];
/** As Guo et al. (2017). */
const bins = 15;

const diagramFields = record({
  /** Bins of the same width of confidence, or of the same number of images. */
  binning: oneOf(binnings),
  /** Of each bin: its range of confidence, images, mean confidence and mean share of people, with its interval. Null where undefined. */
  low: list(number),
  high: list(number),
  images: list(integer),
  confidence: numbersOrNull,
  agreement: numbersOrNull,
  agreementLow: numbersOrNull,
  agreementHigh: numbersOrNull,
  /** Expected calibration error: mean over images of |confidence - share| of their bin. */
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
  /** Mean over images of the share of people who agree; n counts images. */
  agreement: orReason(figureShape),
  diagrams: list(diagramShape),
});
export interface CalibrationGroup extends ShapeValue<typeof groupFields> {}
const groupShape: Shape<CalibrationGroup> = groupFields;

const groupsFields = record({
  resamples: integer,
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
  description: "The machine's confidence beside the share of people who agree, and the expected calibration error.",
  shared: () => ({}),
  sharedShape: record({}),
  compute: ({ phases }, evidence) => ({
    phases: phases.map((phase) => ({ protocol: phase.protocol.kind, groups: groupsOf(phase, evidence) })),
  }),
  sectionShape: record({ phases: list(phaseShape) }),
});

function groupsOf({ protocol, votes }: PhaseEvidence, { plan, images }: Evidence): CalibrationPhase["groups"] {
  const without = whyWithout(protocol, "truth");
  if (without !== null) return undefinedBecause(without);
  const tally = tallyVotes(votes, "item");
  const voted = [...images.keys()].filter((image) => (tally.votes[image] as number) > 0);
  const used = voted.filter((image) => images[image]?.confidence !== null);
  if (used.length === 0) return undefinedBecause("No image has both votes and a confidence of the machine.");
  const resamples = resamplesFor(used.length);
  const group = (source: string | null): CalibrationGroup => {
    const own = source === null ? used : used.filter((image) => images[image]?.source === source);
    const judged: Judged = {
      label: new Int32Array(own.length),
      confidence: Float64Array.from(own, (image) => images[image]?.confidence as number),
      truth: Float64Array.from(own, (image) => (tally.agreeing[image] as number) / (tally.votes[image] as number)),
    };
    const options = { seed: plan.seed, resamples };
    return {
      source,
      images: own.length,
      votes: own.reduce((sum, image) => sum + (tally.votes[image] as number), 0),
      confidence: meanOf(judged.confidence),
      agreement: own.length < 2 ? oneImage : figureOf(meanWithInterval(judged.truth, options), own.length, oneImage.reason),
      diagrams: binnings.map((binning) => diagramOf(judged, binning, options)),
    };
  };
  const sources = [...new Set(used.map((image) => images[image]?.source as string))];
  return defined({
    resamples,
    withoutConfidence: images.filter(({ confidence }) => confidence === null).length,
    withoutVotes: images.length - voted.length,
    groups: [group(null), ...(sources.length > 1 ? sources.map(group) : [])],
  });
}

const oneImage = undefinedBecause("An interval needs at least two images.");

function diagramOf(judged: Judged, binning: Binning, options: { readonly seed: number; readonly resamples: number }) {
  const how = { binning, bins, ...options };
  const diagram = reliabilityDiagram(judged, how);
  const few = judged.confidence.length < 2;
  const bands = few ? null : calibrationBands(judged, how);
  return {
    binning,
    low: diagram.map(({ low }) => low),
    high: diagram.map(({ high }) => high),
    images: diagram.map(({ images }) => images),
    confidence: diagram.map(({ confidence }) => finiteOrNull(confidence)),
    agreement: diagram.map(({ truth }) => finiteOrNull(truth)),
    agreementLow: diagram.map((_, bin) => finiteOrNull(bands?.truth[bin]?.low ?? Number.NaN)),
    agreementHigh: diagram.map((_, bin) => finiteOrNull(bands?.truth[bin]?.high ?? Number.NaN)),
    ece: calibrationError(judged, how).ece,
    debiasedEce: bands === null ? oneImage : figureOf(bands.debiasedEce, judged.confidence.length, oneImage.reason),
  };
}
