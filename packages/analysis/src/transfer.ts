/**
 * Whether what fools one network fools another (the paper, section 3.5): each image was made for a class of one network, and is shown to
 * a second one.
 */
import { AppError } from "@pareidolia/core/appError";
import type { Interval } from "./bootstrap.ts";
import { quantile } from "./quantile.ts";
import { wilsonInterval } from "./wilson.ts";

/** One image, made for `targetClass` of the network that it comes from, as both networks see its stored bytes. */
export interface TransferredImage {
  readonly targetClass: number;
  readonly sourceTopClass: number;
  /** Confidence of the network it was made on, in the target class. */
  readonly sourceConfidence: number;
  readonly otherTopClass: number;
  readonly otherConfidence: number;
}

/**
 * One of each image, for the class that its own network is surest of among those that it was made for: an elite may hold a hundred
 * classes, which makes one image and not a hundred. In the order of first appearance; `keyOf` says which are one image.
 */
export function oncePerImage<Image extends TransferredImage>(images: readonly Image[], keyOf: (image: Image) => string): readonly Image[] {
  const surest = new Map<string, Image>();
  for (const image of images) {
    const known = surest.get(keyOf(image));
    if (known === undefined || image.sourceConfidence > known.sourceConfidence) surest.set(keyOf(image), image);
  }
  return [...surest.values()];
}

export interface TransferSummary {
  readonly images: number;
  /** Images to which both networks give the same first label. */
  readonly sameTop: Interval;
  /** Images that the other network, too, gives the target class as its first label. */
  readonly fooled: Interval;
  /** Images to which both networks give the same first label, with the other at or above the threshold in the target class. */
  readonly sameTopSurely: Interval;
  /** Images at or above the threshold on both, as the paper counts them (99.99%). */
  readonly confidentOnBoth: Interval;
  /** Images at or above it on the network they were made on, and below it on the other. */
  readonly confidentOnSourceOnly: Interval;
  /** The other network's confidence in the target class: quantiles 0, .05, .25, .5, .75, .95, 1. */
  readonly otherConfidence: readonly { readonly probability: number; readonly value: number }[];
}

export const confidentAt = 0.9999;
const quantiles = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1];

/** @throws AppError INVALID_INPUT for no images. Intervals are Wilson's, 95%, and take the images for independent of one another. */
export function summariseTransfer(images: readonly TransferredImage[], threshold = confidentAt): TransferSummary {
  if (images.length === 0) throw new AppError("INVALID_INPUT", "There is no image to transfer yet.");
  const share = (holds: (image: TransferredImage) => boolean): Interval => wilsonInterval(images.filter(holds).length, images.length);
  const confidences = images.map((image) => image.otherConfidence);
  return {
    images: images.length,
    sameTop: share((image) => image.sourceTopClass === image.otherTopClass),
    fooled: share((image) => image.otherTopClass === image.targetClass),
    sameTopSurely: share((image) => image.sourceTopClass === image.otherTopClass && image.otherConfidence >= threshold),
    confidentOnBoth: share((image) => image.sourceConfidence >= threshold && image.otherConfidence >= threshold),
    confidentOnSourceOnly: share((image) => image.sourceConfidence >= threshold && image.otherConfidence < threshold),
    otherConfidence: quantiles.map((probability) => ({ probability, value: quantile(confidences, probability) })),
  };
}
