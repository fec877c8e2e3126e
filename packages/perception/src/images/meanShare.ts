/**
 * The mean over images of the share of votes that agree with the label, with an interval for other images of the same kind. Images count
 * equally, whatever their number of votes.
 *
 * Wilson's score interval with the effective sample size of a clustered sample (Kish 1965, "Survey Sampling", 5.4): n = p (1 - p) / SE^2, where
 * SE is that of the mean over images, and never more than the number of votes. As Korn & Graubard (1998, "Confidence intervals for
 * proportions with small expected number of positive counts estimated from survey data") do, the quantile is Student's t for images - 1
 * degrees of freedom, since there may be few images. It stays within [0, 1] and has a width where all shares are 0 or 1.
 */
import type { Interval } from "@pareidolia/analysis/bootstrap";
import { AppError } from "@pareidolia/core/appError";
import { studentCriticalValue } from "../numbers/studentDistribution.ts";

export interface SharesOfImages {
  /** Images with votes. */
  readonly images: number;
  /** On all of them. */
  readonly votes: number;
  /** Mean of the images' shares. */
  readonly mean: number;
  /** Variance of the images' shares, with images - 1 in the denominator. */
  readonly variance: number;
}

/** @returns null for fewer than two images. @throws AppError INVALID_INPUT for values outside their ranges. */
export function meanShare({ images, votes, mean, variance }: SharesOfImages, confidence = 0.95): Interval | null {
  if (!(mean >= 0 && mean <= 1 && variance >= 0 && votes >= images))
    throw new AppError("INVALID_INPUT", "A mean share is from 0 to 1, and each image has at least one vote.");
  if (images < 2) return null;
  const t = studentCriticalValue(confidence, images - 1);
  const ofImages = variance > 0 ? (mean * (1 - mean) * images) / variance : Number.POSITIVE_INFINITY;
  const size = Math.min(votes, ofImages);
  const scale = 1 + t ** 2 / size;
  const centre = (mean + t ** 2 / (2 * size)) / scale;
  const half = (t / scale) * Math.sqrt((mean * (1 - mean)) / size + t ** 2 / (4 * size ** 2));
  return { estimate: mean, low: mean === 0 ? 0 : Math.max(0, centre - half), high: mean === 1 ? 1 : Math.min(1, centre + half) };
}

/** Several sets of images as one, each image counted once in each set. Null without images; the variance of a single image is 0. */
export function poolShares(sets: readonly SharesOfImages[]): SharesOfImages | null {
  const images = sets.reduce((sum, set) => sum + set.images, 0);
  if (images === 0) return null;
  const mean = sets.reduce((sum, set) => sum + set.images * set.mean, 0) / images;
  const squares = sets.reduce((sum, set) => sum + (set.images - 1) * set.variance + set.images * (set.mean - mean) ** 2, 0);
  return { images, votes: sets.reduce((sum, set) => sum + set.votes, 0), mean, variance: images === 1 ? 0 : squares / (images - 1) };
}
