/** What one trial shows, and what an answer to it can be. */
import type { Random } from "@pareidolia/core/random";
import type { Stimulus } from "./stimulus.ts";

/** All that a voter's browser receives about a trial besides the question: no labels but those on the buttons. */
export interface Screen {
  /** One image, or the images to choose from, in order of position. */
  readonly images: readonly string[];
  /** Classes: the buttons in order of position, or the label of the question; empty for questions without labels. */
  readonly labels: readonly number[];
  /** Photographs of the question's label. */
  readonly exemplars: readonly string[];
}

/** A screen with its meaning. `options` and `target` never leave the server before the vote. */
export interface PlannedScreen {
  readonly screen: Screen;
  /** Index of the stimulus in its list. */
  readonly item: number;
  /** The meaning of each position: a class for labels, an index in the list of stimuli for images. */
  readonly options: readonly number[];
  /** The position that agrees with the machine, or is right for a gold image; null if none is. */
  readonly target: number | null;
}

export type Answer =
  | { readonly choice: number }
  | { readonly text: string }
  | { readonly ratings: readonly number[] }
  | { readonly cantTell: true };

export interface ScreenRequest {
  /** All images of this role in the study; `items` are indices of this list. */
  readonly stimuli: readonly Stimulus[];
  /** The images that the voter sees, distinct and in ascending order. */
  readonly items: readonly number[];
  /** The study's labels. */
  readonly labels: readonly number[];
  readonly exemplarsOf: (label: number) => readonly string[];
  /** Gold, noise and canary trials draw their foils at random, since they are few and have no next choices. */
  readonly foilsAtRandom: boolean;
  /** A stream of the voter for one use. */
  readonly voter: (use: "foils" | "arrangement") => Random;
  /** A stream of one trial for one use. */
  readonly trial: (use: "foils" | "arrangement", item: number) => Random;
  /** The position of an item's target among `count`. */
  readonly place: (item: number, count: number) => number;
}
