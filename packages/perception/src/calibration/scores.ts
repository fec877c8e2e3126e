/**
 * Scores of a network's probabilities against the distribution of people's votes (Brier 1950; Good 1952), and the distance between the two
 * for each image. A distance from the shares of few votes is biased upwards, as these shares vary; the Brier distance has an unbiased form.
 */
import type { BootstrapOptions } from "@pareidolia/analysis/bootstrap";
import { type BootstrapOutcome, bcaBootstrap } from "../numbers/bcaBootstrap.ts";
import { checkPeopleAndNetwork, type PeopleAndNetwork } from "./people.ts";

export interface ImageDistances {
  /** Sum over classes of (probability - share)^2, 0 to 2. */
  readonly brier: Float64Array;
  /** The same, without the part that is due to the number of votes; NaN for images with one vote. */
  readonly unbiasedBrier: Float64Array;
  /** Sum over classes of -share ln(probability), in nats. Probabilities count as at least 1e-12. */
  readonly logScore: Float64Array;
  /** Half the sum over classes of |probability - share|, 0 to 1. */
  readonly totalVariation: Float64Array;
  /** Jensen-Shannon divergence, in bits, 0 to 1 (Lin 1991). */
  readonly jensenShannon: Float64Array;
  /** Entropy of people's shares, in bits. */
  readonly peopleEntropy: Float64Array;
}

const smallest = 1e-12;

/** @throws AppError INVALID_INPUT as `checkPeopleAndNetwork`. */
export function imageDistances(data: PeopleAndNetwork): ImageDistances {
  checkPeopleAndNetwork(data);
  const { images, classes, counts, probabilities } = data;
  const column = (): Float64Array => new Float64Array(images);
  const [brier, unbiasedBrier, logScore, totalVariation, jensenShannon, peopleEntropy] = [
    column(),
    column(),
    column(),
    column(),
    column(),
    column(),
  ];
  for (let i = 0; i < images; i++) {
    let votes = 0;
    for (let c = 0; c < classes; c++) votes += counts[i * classes + c] as number;
    let [square, spread, log, variation, divergence, entropy] = [0, 0, 0, 0, 0, 0];
    for (let c = 0; c < classes; c++) {
      const p = probabilities[i * classes + c] as number;
      const share = (counts[i * classes + c] as number) / votes;
      square += (p - share) ** 2;
      spread += share * (1 - share);
      variation += Math.abs(p - share) / 2;
      const middle = (p + share) / 2;
      if (p > 0) divergence += (p / 2) * Math.log2(p / middle);
      if (share > 0) {
        log -= share * Math.log(Math.max(p, smallest));
        divergence += (share / 2) * Math.log2(share / middle);
        entropy -= share * Math.log2(share);
      }
    }
    brier[i] = square;
    unbiasedBrier[i] = votes > 1 ? square - spread / (votes - 1) : Number.NaN;
    logScore[i] = log;
    totalVariation[i] = variation;
    jensenShannon[i] = Math.max(0, divergence);
    peopleEntropy[i] = entropy;
  }
  return { brier, unbiasedBrier, logScore, totalVariation, jensenShannon, peopleEntropy };
}

/** The mean over images, ignoring NaN, with the interval from resampled images (BCa). */
export function meanWithInterval(values: Float64Array, options: BootstrapOptions): BootstrapOutcome & { readonly images: number } {
  const defined = values.filter((value) => !Number.isNaN(value));
  const statistic = (weights: Float64Array): number => {
    let [sum, weight] = [0, 0];
    for (let i = 0; i < defined.length; i++) {
      sum += (weights[i] as number) * (defined[i] as number);
      weight += weights[i] as number;
    }
    return sum / weight;
  };
  return { ...bcaBootstrap({ ...options, units: defined.length, statistic }), images: defined.length };
}

export function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
