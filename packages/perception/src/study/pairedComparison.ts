/**
 * Two studies compared by the images that both have: the mean difference of an image's two shares, and their correlation. Images are the
 * random units, each paired with itself. The voters of the two studies are other people, and a lenient voter raises the shares of all
 * images: the variance of each study's voters is added to that of the images (Cameron, Gelbach & Miller 2011, as in `twoWayVariance`), with
 * Satterthwaite's degrees of freedom. The effect size is the mean difference in standard deviations of the differences (Cohen 1988, d for
 * paired observations; its interval as in Hedges & Olkin 1985). The interval of the correlation resamples images, and
 * for very many images is Fisher's (1921), which needs no resampling; the correlation is not corrected for the number of votes, so few votes
 * lower it.
 */
import type { BootstrapOptions, Interval } from "@pareidolia/analysis/bootstrap";
import { normalQuantile } from "@pareidolia/analysis/normalQuantile";
import { AppError } from "@pareidolia/core/appError";
import { type Undefined, undefinedBecause } from "../agreement/coefficient.ts";
import { type ClusterVariance, clusterVariance } from "../intervals/twoWayVariance.ts";
import { type BootstrapOutcome, bcaBootstrap, whyWithoutResampling } from "../numbers/bcaBootstrap.ts";
import { studentCriticalValue, studentTwoSidedP } from "../numbers/studentDistribution.ts";
import { weightedCorrelation } from "../numbers/weightedCorrelation.ts";
import type { Difference } from "./differenceOfShares.ts";

export interface PairedShares {
  /** Share of votes that agree, of each image with votes in both studies, in the same order. */
  readonly shares: readonly number[];
  /** What the study's voters add to the variance of its mean share: of voters beyond that of single votes. */
  readonly voters: ClusterVariance;
}

export interface PairedComparison {
  readonly images: number;
  /** Of the first study less the second. */
  readonly difference: ({ readonly defined: true } & Difference) | Undefined;
  readonly correlation: ({ readonly defined: true } & BootstrapOutcome) | Undefined;
}

/** With fewer, simulated intervals of the effect size cover 92% (`npm run repro -- intervals`). */
const fewestImages = 5;

/** @throws AppError INVALID_INPUT for lists of different length. */
export function comparePairedShares(first: PairedShares, second: PairedShares, options: BootstrapOptions): PairedComparison {
  const images = first.shares.length;
  if (images !== second.shares.length) throw new AppError("INVALID_INPUT", "Paired shares must be of the same images.");
  if (images < fewestImages) {
    const few = undefinedBecause(
      images === 0 ? "No image has votes in both studies." : "The comparison needs at least five images with votes in both studies.",
    );
    return { images, difference: few, correlation: few };
  }
  return {
    images,
    difference: differenceOf(first, second, options.confidence),
    correlation: correlationOf(first.shares, second.shares, options),
  };
}

function differenceOf(first: PairedShares, second: PairedShares, confidence = 0.95): PairedComparison["difference"] {
  const differences = first.shares.map((share, index) => share - (second.shares[index] as number));
  const count = differences.length;
  const mean = differences.reduce((sum, value) => sum + value, 0) / count;
  const ofImages: ClusterVariance = {
    variance: clusterVariance(differences.map((value) => (value - mean) / count)).variance,
    freedom: count - 1,
  };
  const parts = [ofImages, first.voters, second.voters];
  const total = parts.reduce((sum, { variance }) => sum + variance, 0);
  if (!(ofImages.variance > 0))
    return undefinedBecause("Every image has the same difference in both studies, so nothing shows how much it varies between images.");
  const freedom = total ** 2 / parts.reduce((sum, part) => sum + part.variance ** 2 / part.freedom, 0);
  const reach = studentCriticalValue(confidence, freedom) * Math.sqrt(total);
  return {
    defined: true,
    difference: { estimate: mean, low: Math.max(-1, mean - reach), high: Math.min(1, mean + reach) },
    p: studentTwoSidedP(mean / Math.sqrt(total), freedom),
    effect: standardised(mean / Math.sqrt(ofImages.variance * count), count, confidence),
  };
}

function standardised(estimate: number, count: number, confidence: number): Interval {
  const reach = normalQuantile((1 + confidence) / 2) * Math.sqrt(1 / count + estimate ** 2 / (2 * count));
  return { estimate, low: estimate - reach, high: estimate + reach };
}

/** Above this number of images, resampling takes seconds, and Fisher's interval differs from it by less than .01. */
const maxResampled = 2000;

function fisher(r: number, count: number, confidence = 0.95): PairedComparison["correlation"] {
  const z = Math.atanh(Math.max(-1 + 1e-12, Math.min(1 - 1e-12, r)));
  const reach = normalQuantile((1 + confidence) / 2) / Math.sqrt(count - 3);
  return { defined: true, estimate: r, low: Math.tanh(z - reach), high: Math.tanh(z + reach), undefinedResamples: 0 };
}

function correlationOf(first: readonly number[], second: readonly number[], options: BootstrapOptions): PairedComparison["correlation"] {
  const statistic = (weights: Float64Array): number => weightedCorrelation(first, second, weights);
  if (Number.isNaN(statistic(new Float64Array(first.length).fill(1))))
    return undefinedBecause("All images have the same share in one of the studies, so there is nothing to correlate.");
  if (first.length > maxResampled) return fisher(statistic(new Float64Array(first.length).fill(1)), first.length, options.confidence);
  const outcome = bcaBootstrap({ ...options, units: first.length, statistic });
  return Number.isFinite(outcome.low) && Number.isFinite(outcome.high)
    ? { defined: true, ...outcome }
    : undefinedBecause(whyWithoutResampling(first.length, "images with votes in both studies"), outcome.estimate);
}
