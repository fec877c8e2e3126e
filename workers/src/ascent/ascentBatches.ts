/**
 * Cuts an ascent into batches that climb together, and rebuilds the one that is under way. A batch holds so many trajectories
 * that its state stays small enough to be written down; how it is cut changes no result, since trajectories never see one another.
 */
import { createHash } from "node:crypto";
import type { AscentPair } from "@pareidolia/ascent/ascentPair";
import type { GradientAscent } from "@pareidolia/ascent/gradientAscent";
import { networkMean } from "@pareidolia/ascent/networkMean";
import { getAscent } from "@pareidolia/ascent/registry";
import { AppError } from "@pareidolia/core/appError";
import type { Classifier } from "@pareidolia/core/classifier";
import { type FloatImage, type ImageShape, pixelCount } from "@pareidolia/core/image";
import type { ClaimedRun } from "@pareidolia/persistence/runs/claimRun";
import type { TrajectoryEnd } from "@pareidolia/persistence/runs/writeTrajectories";

export interface Climb {
  readonly class: number;
  readonly start: number;
}

/** Pixels, two memories of the update rule, and room for pictures at milestones. */
const bytesAPixel = 20;
const largestState = 24 * 1024 * 1024;
const mostTogether = 100;
const seeds = 2 ** 31;

export function climbsOf({ plan }: ClaimedRun): Climb[] {
  const { classes, starts } = plan;
  if (!Array.isArray(classes) || typeof starts !== "number")
    throw new AppError("CORRUPT_DATA", "This run does not say what it climbs. Start a new one.");
  return (classes as number[]).flatMap((target) => Array.from({ length: starts }, (_, start) => ({ class: target, start })));
}

/** Those that have not ended, in batches. A batch is decided by the plan alone, so that a resumed run cuts the same ones. */
export function openBatches(climbs: readonly Climb[], shape: ImageShape, ends: readonly TrajectoryEnd[]): Climb[][] {
  const size = Math.max(1, Math.min(mostTogether, Math.floor(largestState / (pixelCount(shape) * bytesAPixel))));
  const ended = new Set(ends.filter((end) => end.ended).map((end) => `${end.class}:${end.start}`));
  const batches: Climb[][] = [];
  for (let from = 0; from < climbs.length; from += size) {
    const batch = climbs.slice(from, from + size);
    if (batch.some((climb) => !ended.has(`${climb.class}:${climb.start}`))) batches.push(batch);
  }
  return batches;
}

export function openAscent(
  batch: readonly Climb[],
  { run, classifier, image }: { readonly run: ClaimedRun; readonly classifier: Classifier; readonly image: FloatImage | null },
): GradientAscent {
  const pairs: AscentPair[] = batch.map((climb) => ({
    classIndex: climb.class,
    seed: (run.seed + climb.start) % seeds,
    ...(image === null ? {} : { image }),
  }));
  return getAscent(run.method ?? "").create({
    shape: classifier.input,
    classes: classifier.labels.length,
    pairs,
    parameters: run.parameters,
    ...(run.modelPreprocessing === null ? {} : { mean: networkMean(run.modelPreprocessing) }),
  });
}

/** True when the bytes were this batch's; those of an earlier batch leave the ascent at its beginning. */
export function restoreAscent(ascent: GradientAscent, bytes: Uint8Array | null): boolean {
  if (bytes === null) return false;
  try {
    ascent.restore(bytes);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "CORRUPT_DATA") return false;
    throw error;
  }
}

/** Equal configurations give equal hashes. */
export function hashTrajectories(ends: readonly TrajectoryEnd[]): string {
  const rows = ends.map((end) => [end.class, end.start, end.step, end.imageSha256]);
  return createHash("sha256").update(JSON.stringify(rows)).digest("hex");
}
