/**
 * The design of a study's trials: images, labels, phases and their mixing. A study stores it as JSON and locks it by the hash of its
 * canonical text.
 */
import { AppError } from "@pareidolia/core/appError";
import { integer, list, nullable, number, oneOf, record, type Shape, text } from "@pareidolia/core/documentShape";
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { type Protocol, parseProtocol, showsLabels } from "../protocols/registry.ts";
import { type Exemplars, exemplarsShape, type Stimulus, stimulusShape } from "../protocols/stimulus.ts";
import { type Assignment, assignments } from "./assignment.ts";
import { type Timing, timingSpecs } from "./timing.ts";
import { mostImages, mostPhases } from "./voterStreams.ts";

/** One pass over the voter's images with one question. */
export interface Phase {
  readonly protocol: Protocol;
  readonly timing: Timing;
}

/** Counterbalanced over voters, or drawn for each voter. */
export const mixings = ["counterbalanced", "random"] as const;
export type Mixing = (typeof mixings)[number];

/** The rules of a design, without its images: what a template fixes. */
export interface TrialRules {
  readonly phases: readonly Phase[];
  /** Order of the counted trials. */
  readonly order: Mixing;
  /** Position of the target among the options, where options change their positions in every trial. */
  readonly places: Mixing;
  readonly assignment: Assignment;
  /** Numbers of images that each voter sees in each phase; at most the list's length. `counted` applies to the assignment `all`. */
  readonly perVoter: { readonly counted: number; readonly gold: number; readonly noise: number; readonly canaries: number };
  /** Counted trials after which the rate of gold and noise has halved; null for a constant rate. */
  readonly decay: number | null;
}

export interface DesignedTrials extends TrialRules {
  readonly version: typeof designVersion;
  /** Distinct classes from which foils are drawn. */
  readonly labels: readonly number[];
  readonly stimuli: readonly Stimulus[];
  readonly gold: readonly Stimulus[];
  /** Images of noise. */
  readonly noise: readonly string[];
  /** Images that many networks give the same label, and people rarely do. */
  readonly canaries: readonly Stimulus[];
  readonly exemplars: readonly Exemplars[];
}

/** The version of stored designs, and of how trials follow from them. */
export const designVersion = 1;

const version: Shape<typeof designVersion> = (value) => {
  if (value === designVersion) return designVersion;
  throw new AppError("CORRUPT_DATA", `A stored design has version ${String(value)}; this program reads version ${designVersion}.`);
};

const timing: Shape<Timing> = (value, path) => {
  try {
    return resolveParameters(timingSpecs, record({ blankMs: number, imageMs: number, maskMs: number, answerMs: number })(value, path));
  } catch (cause) {
    throw new AppError("CORRUPT_DATA", `A stored document is damaged: ${path}. ${(cause as Error).message}`, { cause });
  }
};

export const phaseShape: Shape<Phase> = record<Phase>({ protocol: parseProtocol, timing });

export const designShape: Shape<DesignedTrials> = record({
  version,
  labels: list(integer),
  stimuli: list(stimulusShape),
  gold: list(stimulusShape),
  noise: list(text),
  canaries: list(stimulusShape),
  exemplars: list(exemplarsShape),
  phases: list(phaseShape),
  order: oneOf(mixings),
  places: oneOf(mixings),
  assignment: oneOf(assignments),
  perVoter: record({ counted: integer, gold: integer, noise: integer, canaries: integer }),
  decay: nullable(number),
});

/** Reads a stored design. @throws AppError CORRUPT_DATA naming the field. */
export function parseDesign(document: unknown): DesignedTrials {
  return designShape(document, "design");
}

function refuse(message: string, field: string): never {
  throw new AppError("INVALID_INPUT", message, { field });
}

/**
 * Checks a draft before it is opened. Whether each image has enough foils is known only once trials are built: build those of the first
 * voters, too.
 * @throws AppError INVALID_INPUT naming the first field that does not fit.
 */
export function checkDesign(design: DesignedTrials): void {
  const { labels, stimuli, phases, perVoter, decay, assignment } = design;
  if (stimuli.length === 0) refuse("A study needs at least one image.", "stimuli");
  if (stimuli.length > mostImages) refuse(`A study has up to ${mostImages} images.`, "stimuli");
  if (new Set(labels).size !== labels.length) refuse("The study's labels must be distinct.", "labels");
  for (const name of ["stimuli", "gold", "canaries"] as const)
    if (new Set(design[name].map(({ image }) => image)).size !== design[name].length) refuse(`An image occurs twice in ${name}.`, name);
  if (phases.length === 0 || phases.length > mostPhases) refuse(`A study has from 1 to ${mostPhases} phases.`, "phases");
  const labelled = phases.findIndex(({ protocol }) => showsLabels(protocol));
  if (labelled >= 0 && phases.slice(labelled).some(({ protocol }) => !showsLabels(protocol)))
    refuse("A phase without labels must come before every phase that shows labels, or voters answer with labels they saw.", "phases");
  for (const [name, size, most] of [
    ["counted", perVoter.counted, stimuli.length],
    ["gold", perVoter.gold, design.gold.length],
    ["noise", perVoter.noise, design.noise.length],
    ["canaries", perVoter.canaries, design.canaries.length],
  ] as const)
    if (!Number.isInteger(size) || size < (name === "counted" ? 1 : 0) || size > most)
      refuse(`A voter can see from ${name === "counted" ? 1 : 0} to ${most} of these images, not ${size}.`, `perVoter.${name}`);
  if (assignment !== "all" && perVoter.counted !== stimuli.length)
    refuse("Groups and conditions fix the number of images for each voter. Set it to the number of all images.", "perVoter.counted");
  if (assignment === "onePerGroup" && stimuli.some(({ group }) => group === "")) refuse("Every image needs a group.", "stimuli");
  if (assignment === "oneCondition" && stimuli.some(({ condition }) => condition === ""))
    refuse("Every image needs a condition.", "stimuli");
  if (decay !== null && !(decay > 0)) refuse("The decay must be a positive number of trials.", "decay");
}
