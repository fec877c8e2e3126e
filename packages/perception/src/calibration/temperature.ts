/**
 * Temperature scaling (Guo et al. 2017, section 4.2), with the distribution of people's votes as the target: the temperature at which the
 * network's probabilities have the lowest cross-entropy with it. The temperature is above 1 for a network that is more certain than people.
 * In two-fold cross-validation, it is fitted on each half of the images and applied to the other half, so that it is evaluated only on
 * images that it was not fitted on.
 */
import { AppError } from "@pareidolia/core/appError";
import { Purpose, Random } from "@pareidolia/core/random";
import { checkPeopleAndNetwork, type PeopleAndNetwork, selectImages } from "./people.ts";

const smallest = 1e-12;
/** The streams of bootstraps have generation 0, those of random starts 1. */
const streams = 2;

/** Softmax of the logits divided by the temperature, from probabilities. */
export function applyTemperature({ images, classes, probabilities }: PeopleAndNetwork, temperature: number): Float64Array {
  const scaled = new Float64Array(images * classes);
  for (let i = 0; i < images; i++) {
    let [largest, sum] = [0, 0];
    for (let c = 0; c < classes; c++) largest = Math.max(largest, probabilities[i * classes + c] as number);
    for (let c = 0; c < classes; c++) {
      const weight = (Math.max(probabilities[i * classes + c] as number, smallest) / largest) ** (1 / temperature);
      scaled[i * classes + c] = weight;
      sum += weight;
    }
    for (let c = 0; c < classes; c++) scaled[i * classes + c] = (scaled[i * classes + c] as number) / sum;
  }
  return scaled;
}

/**
 * Newton's method in 1 / temperature, in which the cross-entropy is convex. The result is from .01 to 100.
 * @throws AppError INVALID_INPUT as `checkPeopleAndNetwork`, or for no images.
 */
export function fitTemperature(data: PeopleAndNetwork): number {
  checkPeopleAndNetwork(data);
  if (data.images === 0) throw new AppError("INVALID_INPUT", "Fitting a temperature needs at least one image.");
  let [low, high] = [0.01, 100];
  let inverse = 1;
  for (let step = 0; step < 200; step++) {
    const { slope, curvature } = slopeAt(data, inverse);
    if (slope > 0) high = inverse;
    else low = inverse;
    // Newton's step, or bisection where it leaves the bracket.
    const newton = inverse - slope / curvature;
    const next = curvature > 0 && newton > low && newton < high ? newton : Math.sqrt(low * high);
    if (Math.abs(next - inverse) < 1e-12 * inverse) break;
    inverse = next;
  }
  return 1 / inverse;
}

/** First and second derivative of the mean cross-entropy with respect to 1 / temperature. */
function slopeAt({ images, classes, counts, probabilities }: PeopleAndNetwork, inverse: number): { slope: number; curvature: number } {
  let [slope, curvature] = [0, 0];
  const weights = new Float64Array(classes);
  for (let i = 0; i < images; i++) {
    let [votes, sum, mean, square, target] = [0, 0, 0, 0, 0];
    for (let c = 0; c < classes; c++) {
      votes += counts[i * classes + c] as number;
      weights[c] = Math.max(probabilities[i * classes + c] as number, smallest) ** inverse;
      sum += weights[c] as number;
    }
    for (let c = 0; c < classes; c++) {
      const logit = Math.log(Math.max(probabilities[i * classes + c] as number, smallest));
      const p = (weights[c] as number) / sum;
      mean += p * logit;
      square += p * logit * logit;
      target += ((counts[i * classes + c] as number) / votes) * logit;
    }
    slope += (mean - target) / images;
    curvature += (square - mean * mean) / images;
  }
  return { slope, curvature };
}

export interface CrossFitted {
  /** Fitted on all images. */
  readonly temperature: number;
  /** Each image's probabilities at the temperature of the half without it, images x classes. */
  readonly probabilities: Float64Array;
}

/** @throws AppError INVALID_INPUT for fewer than two images. */
export function scaleTemperature(data: PeopleAndNetwork, { seed }: { readonly seed: number }): CrossFitted {
  const { images, classes } = data;
  if (images < 2) throw new AppError("INVALID_INPUT", "Temperature scaling needs at least two images.");
  const random = new Random({ seed, generation: streams, index: 0, purpose: Purpose.RESAMPLE });
  const order = Int32Array.from({ length: images }, (_, i) => i);
  for (let i = images - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [order[i], order[j]] = [order[j] as number, order[i] as number];
  }
  const halves = [order.subarray(0, images >> 1), order.subarray(images >> 1)] as const;
  const probabilities = new Float64Array(images * classes);
  for (const [own, other] of [halves, [halves[1], halves[0]] as const]) {
    const scaled = applyTemperature(selectImages(data, own), fitTemperature(selectImages(data, other)));
    for (let k = 0; k < own.length; k++) probabilities.set(scaled.subarray(k * classes, (k + 1) * classes), (own[k] as number) * classes);
  }
  return { temperature: fitTemperature(data), probabilities };
}
