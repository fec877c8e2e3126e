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

/** @returns the first `count` of the candidates. */
export function firstOf(candidates: readonly number[], { image }: Stimulus, count: number): readonly number[] {
  if (candidates.length < count)
    throw new AppError("INVALID_INPUT", `Image ${image} needs ${count} foils, and has ${candidates.length}. Add labels or foils.`);
  return candidates.slice(0, count);
}
