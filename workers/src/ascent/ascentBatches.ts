/**
 * Splits the trajectories of an ascent into batches, and restores the batch of a checkpoint. A batch belongs to one configuration, and
 * its size is limited so that its state can be stored. Trajectories are independent, so the split does not affect their results.
 */
import type { AscentPair } from "@pareidolia/ascent/ascentPair";
import type { GradientAscent } from "@pareidolia/ascent/gradientAscent";
import { networkMean } from "@pareidolia/ascent/networkMean";
import { getAscent } from "@pareidolia/ascent/registry";
import { AppError } from "@pareidolia/core/appError";
import type { Classifier } from "@pareidolia/core/classifier";
import { type FloatImage, type ImageShape, pixelCount } from "@pareidolia/core/image";
import type { Parameters } from "@pareidolia/core/parameterSpec";
import type { WholeRun } from "@pareidolia/persistence/lab/runs/wholeRun";
import type { TrajectoryAddress } from "@pareidolia/persistence/server/database/deterministicIds";
import { configurationsOf, trajectoriesOf } from "./ascentPlan.ts";
import type { TrajectoryEnds } from "./trajectoryEnds.ts";

/** Trajectories of one configuration that are computed together. */
export interface AscentBatch {
  readonly parameters: Parameters;
  readonly trajectories: readonly TrajectoryAddress[];
}

/** State per pixel value: the value, two moments of the update rule, and its share of the milestones' images. */
const bytesPerPixel = 20;
/** In bytes. */
const maxStateSize = 24 * 1024 * 1024;
const maxBatch = 100;
const seeds = 2 ** 31;

/** Batches with trajectories that have not ended. Only the plan determines the split, so a resumed run has the same batches. */
export function openBatches(run: WholeRun<"ascent">, shape: ImageShape, ends: TrajectoryEnds): AscentBatch[] {
  const size = Math.max(1, Math.min(maxBatch, Math.floor(maxStateSize / (pixelCount(shape) * bytesPerPixel))));
  return configurationsOf(run).flatMap((parameters, configuration) => {
    const trajectories = trajectoriesOf(run, configuration);
    const batches = Array.from({ length: Math.ceil(trajectories.length / size) }, (_, i) => trajectories.slice(i * size, (i + 1) * size));
    return batches
      .filter((batch) => !batch.every((trajectory) => ends.hasEnded(trajectory)))
      .map((batch) => ({ parameters, trajectories: batch }));
  });
}

export function openAscent(
  { parameters, trajectories }: AscentBatch,
  { run, classifier, image }: { readonly run: WholeRun<"ascent">; readonly classifier: Classifier; readonly image: FloatImage | null },
): GradientAscent {
  const pairs: AscentPair[] = trajectories.map((trajectory) => ({
    classIndex: trajectory.class,
    seed: (run.seed + trajectory.start) % seeds,
    ...(image === null ? {} : { image }),
  }));
  return getAscent(run.plan.method).create({
    shape: classifier.input,
    classes: classifier.labels.length,
    pairs,
    parameters,
    ...(run.modelPreprocessing === null ? {} : { mean: networkMean(run.modelPreprocessing) }),
  });
}

/** Returns false, and leaves the ascent at its start, if `bytes` is the state of another batch or damaged. */
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
