/** The contract of a kind of protocol: its parameters, the screens of a voter's trials, and what an answer means. */
import { AppError } from "@pareidolia/core/appError";
import type { ParameterSpec, ParameterValues } from "@pareidolia/core/parameterSpec";
import type { Random } from "@pareidolia/core/random";
import type { Answer, PlannedScreen, Screen, ScreenRequest } from "./screen.ts";

/**
 * Whether "can't tell" is offered, and how it counts: as a missing vote, or as a vote that agrees with no label. Zhou & Firestone (2019)
 * did not offer it.
 */
export const cantTellSpec = {
  kind: "choice",
  name: "cantTell",
  label: "Can't tell",
  description: "Whether voters may answer that they can't tell, and whether that counts as a missing vote or as a vote without agreement.",
  default: "notOffered",
  choices: ["notOffered", "missing", "disagreement"],
} as const satisfies ParameterSpec;

/** Whether the question mentions the machine: people guess its label, or say what they see (experiments 3a and 3b). */
export const framingSpec = {
  kind: "choice",
  name: "framing",
  label: "Question",
  description: "Whether the question asks for the machine's label, or for the voter's own impression without mentioning a machine.",
  default: "machine",
  choices: ["machine", "looksLike"],
} as const satisfies ParameterSpec;

export const arrangementSpec = {
  kind: "choice",
  name: "arrangement",
  label: "Arrangement",
  description: "Whether options change their positions in every trial, or are shuffled once for each voter.",
  default: "eachTrial",
  choices: ["eachTrial", "eachVoter"],
} as const satisfies ParameterSpec;

/**
 * What a study reports about answers: the share that agrees with the label, chance, categories that people's answers have in common, and
 * agreement as the truth of the machine's confidence.
 */
export type AnswerUse = "agreement" | "chance" | "categories" | "truth";

/**
 * What a simulated voter sees in an image: the answer that agrees with its label, nothing that could be named, or something else, about
 * which the voter guesses.
 */
export type Sight = "label" | "nothing" | "guess";

export interface ProtocolKind<Id extends string, Specs extends readonly ParameterSpec[]> {
  readonly id: Id;
  readonly label: string;
  readonly description: string;
  /** Includes `cantTellSpec`. */
  readonly parameters: Specs;
  /** Whether a screen shows a label. Protocols that show none come before those that do. */
  readonly showsLabels: boolean;
  /** Whether the question names the label of the screen. Default: no. */
  namesLabel?(values: ParameterValues<Specs>): boolean;
  /** Probability that a guess agrees with the machine; null if the question has no right answer. */
  chance(values: ParameterValues<Specs>): number | null;
  /** @throws AppError INVALID_INPUT if the study has too few images or labels. */
  plan(values: ParameterValues<Specs>, request: ScreenRequest): readonly PlannedScreen[];
  /** The answer of a voter who did not choose "can't tell". @throws AppError INVALID_INPUT. */
  readAnswer(values: ParameterValues<Specs>, screen: Screen, value: unknown): Answer;
  /** Whether the answer agrees with the label of the image; null if it neither agrees nor disagrees. Absent if that holds for every answer. */
  agrees?(values: ParameterValues<Specs>, planned: Pick<PlannedScreen, "target">, answer: Answer): boolean | null;
  /**
   * How answers measure sensitivity: "yes" to images with and without anything to recognise, or the right one of several alternatives. Null
   * or absent if they do not.
   */
  detection?(values: ParameterValues<Specs>): "yesNo" | "forcedChoice" | null;
  /** Whether an answer to an image of noise, other than "can't tell", shows attention. Absent if only "can't tell" does. */
  passesNoise?(values: ParameterValues<Specs>, answer: Answer): boolean;
  /** The answer of a simulated voter who sees `sight` and does not choose "can't tell". */
  respond(values: ParameterValues<Specs>, planned: Pick<PlannedScreen, "options" | "target">, sight: Sight, random: Random): Answer;
  /** Whether choices between images of one label rank them. Default: no. */
  ranksImages?(values: ParameterValues<Specs>): boolean;
  /**
   * The uses that answers do not have, each with the reason as a sentence for the page. Default: none.
   * @param coded whether researchers have coded all texts among the answers.
   */
  withoutUses?(values: ParameterValues<Specs>, coded: boolean): Partial<Record<AnswerUse, string>>;
}

/** Infers the types of the parameters. */
export function defineProtocol<const Id extends string, const Specs extends readonly ParameterSpec[]>(
  kind: ProtocolKind<Id, Specs>,
): ProtocolKind<Id, Specs> {
  return kind;
}

/** Reads `{ choice }`, a position from 0 to `count` - 1. @throws AppError INVALID_INPUT. */
export function readChoice(value: unknown, count: number): Answer {
  const choice = typeof value === "object" && value !== null ? (value as { choice?: unknown }).choice : undefined;
  if (typeof choice !== "number" || !Number.isInteger(choice) || choice < 0 || choice >= count)
    throw new AppError("INVALID_INPUT", `The answer must be a position from 0 to ${count - 1}.`, { field: "choice" });
  return { choice };
}

/** Whether the chosen position is the target. */
export function choosesTarget({ target }: Pick<PlannedScreen, "target">, answer: Answer): boolean | null {
  return target === null || !("choice" in answer) ? null : answer.choice === target;
}

/** `respond` of questions with a choice among positions: without a target or anything to see, a guess. */
export function respondWithChoice({ options, target }: Pick<PlannedScreen, "options" | "target">, sight: Sight, random: Random): Answer {
  return { choice: sight === "label" && target !== null ? target : random.below(options.length) };
}
