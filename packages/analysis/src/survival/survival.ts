/**
 * Measures how much of a fooling image's confidence survives common distortions: applies each one at each of its levels and scores the
 * result with the same network. A digit that people can read survives all of them; a fooling image often does not.
 */
import { AppError } from "@pareidolia/core/appError";
import type { Classifier } from "@pareidolia/core/classifier";
import { type ByteImage, toFloatImage } from "@pareidolia/core/image";
import { topClass } from "@pareidolia/core/topClass";
import type { Distortion } from "./distortions.ts";

export interface SurvivalOptions {
  readonly image: ByteImage;
  readonly classIndex: number;
  readonly classifier: Classifier;
  readonly distortions: readonly Distortion[];
  readonly signal?: AbortSignal;
}

export interface SurvivalPoint {
  readonly level: number;
  /** Probability of the class, 0 to 1. */
  readonly confidence: number;
  /** The network's label of the distorted image. */
  readonly topClass: number;
  readonly image: ByteImage;
}

export interface SurvivalCurve {
  readonly distortion: string;
  readonly label: string;
  readonly points: readonly SurvivalPoint[];
  /** The level at which half of the confidence is lost, linearly interpolated between two levels; null if it never is. */
  readonly halfGoneAt: number | null;
}

export interface Survival {
  /** Confidence in the undistorted image. */
  readonly confidence: number;
  readonly curves: readonly SurvivalCurve[];
}

/** @throws AppError INVALID_INPUT for an unknown class. */
export async function measureSurvival({ image, classIndex, classifier, distortions, signal }: SurvivalOptions): Promise<Survival> {
  if (!Number.isInteger(classIndex) || classIndex < 0 || classIndex >= classifier.labels.length)
    throw new AppError("INVALID_INPUT", `There is no class ${classIndex}: the network has ${classifier.labels.length} classes.`);
  const score = async (images: readonly ByteImage[]) => {
    const { probabilities, classes } = await classifier.predict(images.map(toFloatImage), signal);
    return images.map((_, i) => probabilities.subarray(i * classes, (i + 1) * classes));
  };
  const [original] = await score([image]);
  const confidence = original?.[classIndex] as number;
  const curves: SurvivalCurve[] = [];
  for (const { id, label, levels, distort } of distortions) {
    const images = await Promise.all(levels.map((level) => Promise.resolve(distort(image, level))));
    const rows = await score(images);
    const points = levels.map((level, i) => {
      const row = rows[i] as Float32Array;
      return { level, confidence: row[classIndex] as number, topClass: topClass(row), image: images[i] as ByteImage };
    });
    curves.push({ distortion: id, label, points, halfGoneAt: halfGoneAt(points, confidence) });
  }
  return { confidence, curves };
}

/** `points` start at the mildest level; `confidence` is that of the undistorted image. */
export function halfGoneAt(points: readonly { readonly level: number; readonly confidence: number }[], confidence: number): number | null {
  const half = confidence / 2;
  const at = points.findIndex((point) => point.confidence < half);
  const below = points[at];
  if (below === undefined) return null;
  const above = points[at - 1];
  if (above === undefined) return below.level;
  const fraction = (above.confidence - half) / (above.confidence - below.confidence);
  return above.level + (below.level - above.level) * fraction;
}
