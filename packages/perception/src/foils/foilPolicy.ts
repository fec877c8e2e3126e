/** The contract of foil policies: which other labels are offered beside the machine's. */
import { AppError } from "@pareidolia/core/appError";
import type { Random } from "@pareidolia/core/random";
import type { Stimulus } from "../protocols/stimulus.ts";

export interface FoilRequest {
  /** The stimuli that one voter sees. */
  readonly stimuli: readonly Stimulus[];
  /** Number of foils for each stimulus, at least 1. */
  readonly count: number;
  /** The study's labels: distinct classes. */
  readonly labels: readonly number[];
  /** A stream for draws that concern all of the voter's trials. */
  readonly voter: Random;
  /** A stream of each stimulus, by its index in `stimuli`. */
  readonly trial: (index: number) => Random;
}

export interface FoilPolicy {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /**
   * `count` distinct classes for each stimulus, none of them its label or its truth.
   * @throws AppError INVALID_INPUT if the study has too few labels.
   */
  choose(request: FoilRequest): readonly (readonly number[])[];
}

/** The labels that may be foils of the stimulus. */
export function foilsFor({ label, truth }: Stimulus, labels: readonly number[]): number[] {
  return labels.filter((candidate) => candidate !== label && candidate !== truth);
}

/** @returns the first `count` of the candidates of each stimulus. @throws AppError INVALID_INPUT saying how many have too few. */
export function firstOfEach(candidates: readonly (readonly number[])[], count: number): readonly (readonly number[])[] {
  const lacking = candidates.filter(({ length }) => length < count);
  if (lacking.length > 0) {
    const fewest = lacking.reduce((least, { length }) => Math.min(least, length), count);
    throw new AppError(
      "INVALID_INPUT",
      `${lacking.length} of ${candidates.length} images that a voter sees have fewer than ${count} possible foils: one of them has ${fewest}. ` +
        "Add labels or foils, or set fewer alternatives.",
    );
  }
  return candidates.map((own) => own.slice(0, count));
}
