/**
 * The still version of a study with flashing images: the same trials with the image on the screen until the answer, without mask or time
 * limit, for people whom flashes trouble and for screens that cannot hold the timing. What such a voter sees is another condition, so the
 * plan says before the study opens whether these votes count.
 */
import { oneOf, type Shape } from "@pareidolia/core/documentShape";
import type { Timing } from "../trials/timing.ts";

/** Not offered; offered, and its votes left out of the results as planned; offered, and its votes counted like all others. */
export const stillVersions = ["notOffered", "leftOut", "counted"] as const;
export type StillVersion = (typeof stillVersions)[number];

/** @param missing for documents that were stored before there was a still version. */
export function stillVersionShape(missing: StillVersion): Shape<StillVersion> {
  const known = oneOf(stillVersions);
  return (value, path) => (value === undefined ? missing : known(value, path));
}

/** Whether images end before the answer. A mask follows only these. */
export function imagesFlash(phases: readonly { readonly timing: Pick<Timing, "imageMs"> }[]): boolean {
  return phases.some(({ timing }) => timing.imageMs > 0);
}

/** The course of the same trial in the still version. */
export function stillTiming(timing: Timing): Timing {
  return { ...timing, imageMs: 0, maskMs: 0, answerMs: 0 };
}
