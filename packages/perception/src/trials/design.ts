/**
 * The design of a study's trials: images, labels, phases and their mixing. A study stores it as JSON and locks it by the hash of its
 * canonical text.
 */
import { AppError } from "@pareidolia/core/appError";
import { integer, list, nullable, number, oneOf, record, type Shape, text } from "@pareidolia/core/documentShape";
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { type PlanProblems, refuseProblems } from "../planProblem.ts";
import { type Protocol, parseProtocol, showsLabels } from "../protocols/registry.ts";
import { type Exemplars, exemplarsShape, type Stimulus, stimulusShape } from "../protocols/stimulus.ts";
import { type Assignment, assignments } from "./assignment.ts";
import { type Timing, timingSpecs } from "./timing.ts";
import { maxPhases, mostImages } from "./voterStreams.ts";

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
  /** Counted images that each voter sees a second time in each phase, at most half of the voter's images. Absent for none. */
  readonly repeats?: number;
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

const designFields: Shape<Omit<DesignedTrials, "repeats">> = record({
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

/** Designs without repeats do not name them, as those that were locked before there were any. */
export const designShape: Shape<DesignedTrials> = (value, path) => {
  const repeats = typeof value === "object" && value !== null ? (value as { repeats?: unknown }).repeats : undefined;
  if (repeats === undefined) return designFields(value, path);
  const { repeats: _repeats, ...rest } = value as { repeats: unknown };
  return { ...designFields(rest, path), repeats: integer(repeats, `${path}.repeats`) };
};

/** Reads a stored design. @throws AppError CORRUPT_DATA naming the field. */
export function parseDesign(document: unknown): DesignedTrials {
  return designShape(document, "design");
}

/**
 * The problems of a draft's design. Whether each image has enough foils is known only once trials are built: build those of the first
 * voters, too.
 */
export function* designProblems(design: DesignedTrials): PlanProblems {
  const { labels, stimuli, phases, perVoter, decay, assignment, repeats } = design;
  if (stimuli.length === 0) yield { message: "A study needs at least one image.", field: "stimuli" };
  if (stimuli.length > mostImages) yield { message: `A study has up to ${mostImages} images.`, field: "stimuli" };
  if (new Set(labels).size !== labels.length) yield { message: "The study's labels must be distinct.", field: "labels" };
  for (const name of ["stimuli", "gold", "canaries"] as const)
    if (new Set(design[name].map(({ image }) => image)).size !== design[name].length)
      yield { message: `An image occurs twice in ${name}.`, field: name };
  if (phases.length === 0 || phases.length > maxPhases) yield { message: `A study has from 1 to ${maxPhases} phases.`, field: "phases" };
  const labelled = phases.findIndex(({ protocol }) => showsLabels(protocol));
  if (labelled >= 0 && phases.slice(labelled).some(({ protocol }) => !showsLabels(protocol)))
    yield {
      message: "A phase without labels must come before every phase that shows labels, or voters answer with labels they saw.",
      field: "phases",
    };
  for (const [name, size, most] of [
    ["counted", perVoter.counted, stimuli.length],
    ["gold", perVoter.gold, design.gold.length],
    ["noise", perVoter.noise, design.noise.length],
    ["canaries", perVoter.canaries, design.canaries.length],
  ] as const) {
    const least = name === "counted" ? 1 : 0;
    if (Number.isInteger(size) && size >= least && size <= most) continue;
    // Without images, the missing images are the problem.
    if (name === "counted" && most === 0) continue;
    yield { message: `A voter can see from ${least} to ${most} of these images, not ${size}.`, field: `perVoter.${name}` };
  }
  if (assignment !== "all" && perVoter.counted !== stimuli.length)
    yield {
      message: "Groups and conditions fix the number of images for each voter. Set it to the number of all images.",
      field: "perVoter.counted",
    };
  const maxRepeats = Math.floor(perVoter.counted / 2);
  if (repeats !== undefined && !(Number.isInteger(repeats) && repeats >= 1 && repeats <= maxRepeats))
    yield {
      message: `A voter who sees ${perVoter.counted} images can see up to ${maxRepeats} of them twice, not ${repeats}.`,
      field: "repeats",
    };
  if (decay !== null && !(decay > 0)) yield { message: "The decay must be a positive number of trials.", field: "decay" };
}

/** Images without the group or condition by which voters are assigned to them. */
export function* unsortedProblems({ assignment, stimuli }: DesignedTrials): PlanProblems {
  if (assignment === "onePerGroup" && stimuli.some(({ group }) => group === ""))
    yield { message: "Every image needs a group.", field: "groups" };
  if (assignment === "oneCondition" && stimuli.some(({ condition }) => condition === ""))
    yield { message: "Every image needs a condition.", field: "conditions" };
}

/** @throws AppError INVALID_INPUT naming the problems. */
export function checkDesign(design: DesignedTrials): void {
  refuseProblems([...designProblems(design), ...unsortedProblems(design)]);
}
