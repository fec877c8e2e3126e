/**
 * The classes offered on the vote buttons of an image in a norming room. All of a study's classes, if the keys 1 to 9 suffice for them;
 * otherwise the machine's class among others: the researcher's foils, the network's next choices, and classes drawn at random. Sorted by
 * class, so that neither the choice of buttons nor their order reveals the machine's class. They depend on no vote.
 */
import { Purpose, Random } from "@pareidolia/core/random";
import { shuffled } from "../draws.ts";
import type { Stimulus } from "../protocols/stimulus.ts";

/** One for each of the keys 1 to 9. */
export const mostOptions = 9;

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
  if (labels.length <= mostOptions) return ascending;
  const random = new Random({ seed, generation: 0, index, purpose: Purpose.TRIAL });
  const near = [stimulus.label, ...stimulus.foils, ...stimulus.runnersUp].filter((label) => labels.includes(label));
  const wanted = new Set([...near, ...shuffled(ascending, random)].slice(0, labels.length));
  return [...wanted].slice(0, mostOptions).sort((a, b) => a - b);
}
