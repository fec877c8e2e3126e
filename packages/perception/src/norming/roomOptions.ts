/**
 * The classes on the vote buttons of an image in a norming room: all of a study's classes if they fit on a page; otherwise the machine's
 * class among others, which are the researcher's foils, the network's next choices, and classes drawn at random. Sorted by class, so that
 * neither the choice of buttons nor their order reveals the machine's class. They depend on no vote.
 */
import { Purpose, Random } from "@pareidolia/core/random";
import { shuffled } from "../draws.ts";
import type { Stimulus } from "../protocols/stimulus.ts";

/** As many labels as the largest published list that voters choose from as a whole (Zhou & Firestone 2019, experiment 3). */
const maxButtons = 48;
/** Buttons of a study with more classes: one for each digit key. */
const chosenButtons = 10;

export interface RoomOptionsRequest {
  /** The study's classes, distinct. */
  readonly labels: readonly number[];
  readonly stimulus: Pick<Stimulus, "label" | "foils" | "runnersUp" | "truth">;
  /** The image's index among the study's. */
  readonly index: number;
  /** Of the study: an integer in [0, 2^31 - 1]. */
  readonly seed: number;
}

export function roomOptions({ labels, stimulus, index, seed }: RoomOptionsRequest): readonly number[] {
  const ascending = [...labels].sort((a, b) => a - b);
  if (labels.length <= maxButtons) return ascending;
  const random = new Random({ seed, generation: 0, index, purpose: Purpose.TRIAL });
  const near = [stimulus.label, ...stimulus.foils, ...stimulus.runnersUp].filter((label) => labels.includes(label));
  const wanted = new Set([...near, ...shuffled(ascending, random)]);
  return [...wanted].slice(0, chosenButtons).sort((a, b) => a - b);
}
