/**
 * Cuts an ascent into batches that climb together, and rebuilds the one that is under way. A batch holds so many trajectories
 * that its state stays small enough to be written down, all of one configuration; how it is cut changes no result, since
 * trajectories never see one another.
 */
import type { AscentPair } from "@pareidolia/ascent/ascentPair";
import type { GradientAscent } from "@pareidolia/ascent/gradientAscent";
import { networkMean } from "@pareidolia/ascent/networkMean";
import { getAscent } from "@pareidolia/ascent/registry";
import { AppError } from "@pareidolia/core/appError";
import type { Classifier } from "@pareidolia/core/classifier";
import { type FloatImage, type ImageShape, pixelCount } from "@pareidolia/core/image";
import type { Parameters } from "@pareidolia/core/parameterSpec";
import type { TrajectoryAddress } from "@pareidolia/persistence/database/deterministicIds";
import type { ClaimedRun } from "@pareidolia/persistence/runs/claimRun";
import { configurationsOf, trajectoriesOf } from "./ascentPlan.ts";
import type { TrajectoryEnds } from "./trajectoryEnds.ts";

/** Trajectories that climb together, all by one configuration. */
export interface AscentBatch {
  readonly parameters: Parameters;
  readonly trajectories: readonly TrajectoryAddress[];
}

/** Pixels, two memories of the update rule, and room for images at milestones. */
const bytesAPixel = 20;
const largestState = 24 * 1024 * 1024;
const mostTogether = 100;
const seeds = 2 ** 31;

/** Those that have not ended, in batches. They are decided by the plan alone, so that a resumed run cuts the same ones. */
export function openBatches(run: ClaimedRun<"ascent">, shape: ImageShape, ends: TrajectoryEnds): AscentBatch[] {
  const size = Math.max(1, Math.min(mostTogether, Math.floor(largestState / (pixelCount(shape) * bytesAPixel))));
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
  { run, classifier, image }: { readonly run: ClaimedRun<"ascent">; readonly classifier: Classifier; readonly image: FloatImage | null },
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
