/**
 * Measures whether images that fool one network also fool another (the paper, section 3.5): each image was made for a class of one
 * network and is scored by a second one.
 */
import { AppError } from "@pareidolia/core/appError";
import type { Interval } from "./bootstrap.ts";
import { quantile } from "./quantile.ts";
import { wilsonInterval } from "./wilson.ts";

/** The scores of both networks for the stored bytes of an image that was made for `targetClass` of the source network. */
export interface TransferredImage {
  readonly targetClass: number;
  readonly sourceTopClass: number;
  /** The source network's confidence in the target class. */
  readonly sourceConfidence: number;
  readonly otherTopClass: number;
  readonly otherConfidence: number;
}

/**
 * Removes duplicate images: of the entries with the same `keyOf`, keeps the one whose class has the highest source confidence. An elite
 * may hold a hundred classes, but it is one image, not a hundred. In order of first appearance.
 */
export function oncePerImage<Image extends TransferredImage>(images: readonly Image[], keyOf: (image: Image) => string): readonly Image[] {
  const mostConfident = new Map<string, Image>();
  for (const image of images) {
    const known = mostConfident.get(keyOf(image));
    if (known === undefined || image.sourceConfidence > known.sourceConfidence) mostConfident.set(keyOf(image), image);
  }
  return [...mostConfident.values()];
}

export interface TransferSummary {
  readonly images: number;
  /** Share of images with the same top class on both networks. */
  readonly sameTop: Interval;
  /** Share of images whose top class on the other network is the target class. */
  readonly fooled: Interval;
  /** Share of images with the same top class on both, and at or above the threshold in the target class on the other network. */
  readonly sameTopSurely: Interval;
  /** Share of images at or above the threshold on both networks, as counted by the paper (99.99%). */
  readonly confidentOnBoth: Interval;
  /** Share of images at or above the threshold on the source network only. */
  readonly confidentOnSourceOnly: Interval;
  /** The other network's confidence in the target class: quantiles 0, .05, .25, .5, .75, .95, 1. */
  readonly otherConfidence: readonly { readonly probability: number; readonly value: number }[];
}

export const confidentAt = 0.9999;
const quantiles = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1];

/** Wilson intervals at 95%, assuming independent images. @throws AppError INVALID_INPUT for no images. */
export function summariseTransfer(images: readonly TransferredImage[], threshold = confidentAt): TransferSummary {
  if (images.length === 0) throw new AppError("INVALID_INPUT", "There are no images to transfer yet.");
  const share = (matches: (image: TransferredImage) => boolean): Interval => wilsonInterval(images.filter(matches).length, images.length);
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
