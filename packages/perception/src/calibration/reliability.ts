/**
 * The reliability diagram and expected calibration error (ECE: Guo et al. 2017, "On calibration of modern neural networks", eq. 3): bins of
 * the network's confidence, each with its mean confidence and mean truth. The plain ECE is biased upwards for few images, even for a
 * perfectly calibrated network, since noise does not cancel in absolute values; the debiased forms of Kumar, Liang & Ma 2019 ("Verified
 * uncertainty calibration", section 4 and appendix) subtract this bias.
 */
import type { BootstrapOptions } from "@pareidolia/analysis/bootstrap";
import { normalTail } from "@pareidolia/analysis/normalTail";
import { AppError } from "@pareidolia/core/appError";
import { type BootstrapOutcome, bcaBootstrap, whyWithoutResampling } from "../numbers/bcaBootstrap.ts";
import type { Judged } from "./people.ts";

/** Bins of the same width of confidence, or of the same number of images. */
export type Binning = "equalWidth" | "equalMass";

export interface ReliabilityOptions {
  readonly binning: Binning;
  /** Default 15, as Guo et al. */
  readonly bins?: number;
}

export interface ReliabilityBin {
  /** Confidences of the bin are above low (from low in the first) and up to high. */
  readonly low: number;
  readonly high: number;
  readonly images: number;
  /** Means over the bin's images; NaN without images. */
  readonly confidence: number;
  readonly truth: number;
}

export interface CalibrationError {
  /** Mean over images of |confidence - truth| of their bin. */
  readonly ece: number;
  /** The same, minus its expected bias; may be slightly negative. */
  readonly debiasedEce: number;
  /** Mean over images of the squared difference of their bin, without bias; may be slightly negative. */
  readonly debiasedSquare: number;
}

/** Bin of each image, and the bins' edges. @throws AppError INVALID_INPUT for no images or no bins. */
export function assignBins(confidence: Float64Array, { binning, bins = 15 }: ReliabilityOptions): { bin: Int32Array; edges: Float64Array } {
  if (confidence.length === 0 || !(bins >= 1)) throw new AppError("INVALID_INPUT", "A reliability diagram needs images and bins.");
  const edges = Float64Array.from({ length: bins + 1 }, (_, b) => b / bins);
  if (binning === "equalMass") {
    const sorted = Float64Array.from(confidence).sort();
    for (let b = 1; b < bins; b++) edges[b] = sorted[Math.max(0, Math.ceil((b * sorted.length) / bins) - 1)] as number;
  }
  const bin = Int32Array.from(confidence, (value) => {
    let b = binning === "equalWidth" ? Math.min(bins - 1, Math.max(0, Math.ceil(value * bins) - 1)) : 0;
    while (b < bins - 1 && value > (edges[b + 1] as number)) b++;
    while (b > 0 && value <= (edges[b] as number)) b--;
    return b;
  });
  return { bin, edges };
}

export function reliabilityDiagram({ confidence, truth }: Judged, options: ReliabilityOptions): readonly ReliabilityBin[] {
  const { bin, edges } = assignBins(confidence, options);
  const sums = sumBins(bin, edges.length - 1, confidence, truth, null);
  return Array.from({ length: edges.length - 1 }, (_, b) => ({
    low: edges[b] as number,
    high: edges[b + 1] as number,
    images: sums.weight[b] as number,
    confidence: (sums.confidence[b] as number) / (sums.weight[b] as number),
    truth: (sums.truth[b] as number) / (sums.weight[b] as number),
  }));
}

export function calibrationError(judged: Judged, options: ReliabilityOptions): CalibrationError {
  const { bin, edges } = assignBins(judged.confidence, options);
  return errorOfBins(bin, edges.length - 1, judged, null);
}

export interface CalibrationBands {
  /** Of each bin's mean truth, 95% by default; NaN for bins with fewer than two images. */
  readonly truth: readonly { readonly low: number; readonly high: number }[];
  /** Of the debiased ECE, in the same bins, from 0 to 1; NaN for fewer than four images in a bin, on average over bins with images. */
  readonly debiasedEce: BootstrapOutcome;
}

/** Resamples images (BCa), keeping the edges of the bins. */
export function calibrationBands(judged: Judged, options: ReliabilityOptions & BootstrapOptions): CalibrationBands {
  const { bin, edges } = assignBins(judged.confidence, options);
  const bins = edges.length - 1;
  const truth = Array.from({ length: bins }, (_, b) => {
    const own: number[] = [];
    for (let i = 0; i < bin.length; i++) if (bin[i] === b) own.push(judged.truth[i] as number);
    if (own.length < 2) return { low: Number.NaN, high: Number.NaN };
    const mean = (weights: Float64Array): number => {
      let [sum, weight] = [0, 0];
      for (let k = 0; k < own.length; k++) {
        sum += (weights[k] as number) * (own[k] as number);
        weight += weights[k] as number;
      }
      return sum / weight;
    };
    const { low, high } = bcaBootstrap({ ...options, units: own.length, statistic: mean });
    return { low, high };
  });
  return { truth, debiasedEce: errorBand(judged, options) };
}

/** The interval of the debiased ECE alone, as in `calibrationBands`. */
export function errorBand(judged: Judged, options: ReliabilityOptions & BootstrapOptions): BootstrapOutcome {
  const { bin, edges } = assignBins(judged.confidence, options);
  const bins = edges.length - 1;
  const statistic = (weights: Float64Array): number => errorOfBins(bin, bins, judged, weights).debiasedEce;
  // The sample's gaps are the true gaps of its resamples, so the debiased ECE of a resample estimates the sample's plain ECE.
  const truthOfResamples = errorOfBins(bin, bins, judged, null).ece;
  const statisticWithout = debiasedEceWithout(bin, bins, judged);
  const means = new Set(bin).size;
  if (bin.length < fewestOfBin * means) {
    const estimate = errorOfBins(bin, bins, judged, null).debiasedEce;
    return { estimate, low: Number.NaN, high: Number.NaN, undefinedResamples: 0 };
  }
  const found = bcaBootstrap({ ...options, units: bin.length, statistic, statisticWithout, truthOfResamples, means });
  return { ...found, low: Math.max(0, found.low), high: Math.min(1, found.high) };
}

/** With fewer images in a bin, on average, simulated intervals of the error cover 97 to 98% (`npm run repro -- intervals`). */
const fewestOfBin = 4;

/** Why the calibration error of so many images in so many bins has no interval. */
export function whyWithoutError(images: number, bins: number): string {
  return images < fewestOfBin * bins
    ? `A 95% interval of the calibration error needs at least ${fewestOfBin * bins} images in ${bins} bins.`
    : whyWithoutResampling(images, "images");
}

/** The debiased ECE of all images but some, from the sums of all. */
function debiasedEceWithout(bin: Int32Array, bins: number, { confidence, truth }: Judged): (first: number, step: number) => number {
  const all = sumBins(bin, bins, confidence, truth, null);
  return (first, step) => {
    const sums: BinSums = {
      weight: all.weight.slice(),
      confidence: all.confidence.slice(),
      truth: all.truth.slice(),
      squares: all.squares.slice(),
    };
    for (let i = first; i < bin.length; i += step) addImage(sums, bin[i] as number, -1, confidence[i] as number, truth[i] as number);
    return errorOfSums(sums).debiasedEce;
  };
}

/** Sums over the images of each bin. */
interface BinSums {
  readonly weight: Float64Array;
  readonly confidence: Float64Array;
  readonly truth: Float64Array;
  /** Of (confidence - truth)^2. */
  readonly squares: Float64Array;
}

function addImage(sums: BinSums, b: number, weight: number, c: number, t: number): void {
  sums.weight[b] = (sums.weight[b] as number) + weight;
  sums.confidence[b] = (sums.confidence[b] as number) + weight * c;
  sums.truth[b] = (sums.truth[b] as number) + weight * t;
  sums.squares[b] = (sums.squares[b] as number) + weight * (c - t) ** 2;
}

function sumBins(bin: Int32Array, bins: number, confidence: Float64Array, truth: Float64Array, weights: Float64Array | null): BinSums {
  const sums: BinSums = {
    weight: new Float64Array(bins),
    confidence: new Float64Array(bins),
    truth: new Float64Array(bins),
    squares: new Float64Array(bins),
  };
  for (let i = 0; i < bin.length; i++) {
    const weight = weights === null ? 1 : (weights[i] as number);
    if (weight !== 0) addImage(sums, bin[i] as number, weight, confidence[i] as number, truth[i] as number);
  }
  return sums;
}

function errorOfBins(bin: Int32Array, bins: number, { confidence, truth }: Judged, weights: Float64Array | null): CalibrationError {
  return errorOfSums(sumBins(bin, bins, confidence, truth, weights));
}

function errorOfSums(sums: BinSums): CalibrationError {
  let [images, ece, debiasedEce, debiasedSquare] = [0, 0, 0, 0];
  for (let b = 0; b < sums.weight.length; b++) {
    const n = sums.weight[b] as number;
    if (n === 0) continue;
    const gap = ((sums.confidence[b] as number) - (sums.truth[b] as number)) / n;
    images += n;
    ece += n * Math.abs(gap);
    // One image has no variance to estimate; its square is taken as noise.
    const variance = n > 1 ? Math.max(0, (sums.squares[b] as number) / n - gap ** 2) / (n - 1) : gap ** 2;
    debiasedEce += n * (2 * Math.abs(gap) - foldedMean(gap, Math.sqrt(variance)));
    debiasedSquare += n * (gap ** 2 - variance);
  }
  return { ece: ece / images, debiasedEce: debiasedEce / images, debiasedSquare: debiasedSquare / images };
}

/** E|X| of X ~ N(mean, deviation^2): what |gap| would be on average if `mean` were the true gap. */
function foldedMean(mean: number, deviation: number): number {
  if (deviation === 0) return Math.abs(mean);
  const ratio = mean / deviation;
  return deviation * Math.sqrt(2 / Math.PI) * Math.exp((-ratio * ratio) / 2) + mean * (1 - 2 * normalTail(ratio));
}
