/** Calibration against people, on few images that can be computed by hand and on many where the width of the intervals is known. */
import type { BootstrapOptions } from "@pareidolia/analysis/bootstrap";
import type { Judged } from "@pareidolia/perception/calibration/people";
import type { ReportRow } from "../../report.ts";
import { near, nearAll } from "../row.ts";
import { meanAbsolute, normalPoint } from "./formulas.ts";
import type { ClosedFormGates, Statistics } from "./statistics.ts";

const rounding = 1e-9;
const widthTolerance = 0.01;
const bootstrap: BootstrapOptions = { seed: 5, resamples: 20_000 };
const images = 1000;

function deviationOf(list: ArrayLike<number>): { readonly mean: number; readonly error: number } {
  let [sum, squares] = [0, 0];
  for (let k = 0; k < list.length; k++) sum += list[k] as number;
  const mean = sum / list.length;
  for (let k = 0; k < list.length; k++) squares += ((list[k] as number) - mean) ** 2;
  return { mean, error: Math.sqrt(squares / (list.length - 1) / list.length) };
}

/** Values without pattern: multiples of the golden ratio, modulo 1. */
const scattered = (k: number): number => (k * 0.6180339887498949) % 1;

function widthOf(what: string, { low, high }: { readonly low: number; readonly high: number }, error: number): ReportRow {
  return near({
    id: "width calibration",
    what: `${what}: width of the interval of a thousand images, as a share of that of a mean`,
    figure: (high - low) / (2 * normalPoint * error),
    expected: 1,
    tolerance: widthTolerance,
  });
}

/** Three images in each of two bins, with differences .2, 0, .1 and -.3, 0, .15. */
const fewImages: Judged = {
  label: new Int32Array(6),
  confidence: Float64Array.of(0.3, 0.4, 0.2, 0.7, 0.9, 0.8),
  truth: Float64Array.of(0.1, 0.4, 0.1, 1, 0.9, 0.65),
};

/** Of each bin, the mean difference and its variance, by hand: (mean square - square of the mean) / (3 - 1). */
const fewBins = [
  { gap: 0.1, variance: (0.05 / 3 - 0.01) / 2 },
  { gap: -0.05, variance: (0.1125 / 3 - 0.0025) / 2 },
];

function errorRows({ calibrationError }: Statistics): readonly ReportRow[] {
  const found = calibrationError(fewImages, { binning: "equalWidth", bins: 2 });
  const mean = (of: (bin: (typeof fewBins)[number]) => number): number => fewBins.reduce((sum, bin) => sum + of(bin) / 2, 0);
  const row = (what: string, figure: number, expected: number): ReportRow =>
    near({ id: "value calibration", what: `${what} of six images`, figure, expected, tolerance: 1e-6 });
  return [
    row("ECE", found.ece, 0.075),
    row(
      "debiased ECE",
      found.debiasedEce,
      mean(({ gap, variance }) => 2 * Math.abs(gap) - meanAbsolute(gap, Math.sqrt(variance))),
    ),
    row(
      "debiased squared error",
      found.debiasedSquare,
      mean(({ gap, variance }) => gap ** 2 - variance),
    ),
  ];
}

function manyImages(): Judged {
  return {
    label: new Int32Array(images),
    confidence: Float64Array.from({ length: images }, (_, k) => 0.9 + 0.05 * scattered(k)),
    truth: Float64Array.from({ length: images }, (_, k) => 0.4 + 0.4 * scattered(3 * k + 1)),
  };
}

function diagramRows({ reliabilityDiagram }: Statistics): readonly ReportRow[] {
  const bins = reliabilityDiagram(fewImages, { binning: "equalWidth", bins: 2 });
  return [
    nearAll({
      id: "value calibration",
      what: "images, mean confidence and mean share of two bins of three images",
      figures: bins.flatMap(({ images: count, confidence, truth }) => [count, confidence, truth]),
      expected: [3, 0.3, 0.2, 3, 0.8, 0.85],
      tolerance: rounding,
    }),
  ];
}

/** In one bin whose gap is far from 0, the debiased ECE is the mean gap. */
function errorBandRows({ errorBand }: Statistics): readonly ReportRow[] {
  const judged = manyImages();
  const gaps = judged.confidence.map((confidence, k) => confidence - (judged.truth[k] as number));
  const found = errorBand(judged, { binning: "equalWidth", bins: 1, ...bootstrap });
  const { mean, error } = deviationOf(gaps);
  return [
    near({
      id: "value calibration",
      what: "debiased ECE of a thousand images in one bin",
      figure: found.estimate,
      expected: mean,
      tolerance: 1e-6,
    }),
    widthOf("debiased ECE alone, in one bin", found, error),
  ];
}

function bandRows({ calibrationBands }: Statistics): readonly ReportRow[] {
  const judged = manyImages();
  const { truth, debiasedEce } = calibrationBands(judged, { binning: "equalWidth", bins: 1, ...bootstrap });
  const gaps = judged.confidence.map((confidence, k) => confidence - (judged.truth[k] as number));
  const [band = { low: Number.NaN, high: Number.NaN }] = truth;
  return [
    widthOf("band of a bin", band, deviationOf(judged.truth).error),
    // In one bin whose gap is far from 0, the debiased ECE is the mean gap.
    widthOf("debiased ECE in one bin", debiasedEce, deviationOf(gaps).error),
  ];
}

/** One image: probabilities .7, .2, .1, and 5, 3 and 2 of ten votes. */
function distanceRows({ imageDistances }: Statistics): readonly ReportRow[] {
  const found = imageDistances({
    images: 1,
    classes: 3,
    counts: Int32Array.of(5, 3, 2),
    probabilities: Float64Array.of(0.7, 0.2, 0.1),
  });
  const row = (what: string, value: Float64Array, expected: number): ReportRow =>
    near({ id: "value calibration", what: `${what} of one image`, figure: value[0] as number, expected, tolerance: rounding });
  return [
    row("Brier distance", found.brier, 0.06),
    row("Brier distance without the noise of votes", found.unbiasedBrier, 0.06 - 0.62 / 9),
    row("log score", found.logScore, -(0.5 * Math.log(0.7) + 0.3 * Math.log(0.2) + 0.2 * Math.log(0.1))),
    row("entropy of people", found.peopleEntropy, -(0.5 * Math.log2(0.5) + 0.3 * Math.log2(0.3) + 0.2 * Math.log2(0.2))),
  ];
}

function meanRows({ meanWithInterval }: Statistics): readonly ReportRow[] {
  const list = Float64Array.from({ length: images }, (_, k) => scattered(k));
  const { mean, error } = deviationOf(list);
  const found = meanWithInterval(list, { ...bootstrap, resamples: 40_000 });
  return [
    near({ id: "value calibration", what: "mean of a thousand images", figure: found.estimate, expected: mean, tolerance: rounding }),
    widthOf("mean", found, error),
  ];
}

/** People's votes are in exactly the shares of the network's probabilities at a temperature of 1.6. */
function temperatureRows({ fitTemperature }: Statistics): readonly ReportRow[] {
  const [many, classes, temperature] = [40, 4, 1.6];
  const logits = Array.from({ length: many }, (_, i) => Array.from({ length: classes }, (_c, c) => 6 * scattered(classes * i + c)));
  const softmax = (row: readonly number[], scale: number): number[] => {
    const weights = row.map((logit) => Math.exp(logit / scale));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return weights.map((weight) => weight / sum);
  };
  const figure = fitTemperature({
    images: many,
    classes,
    counts: Int32Array.from(logits.flatMap((row) => softmax(row, temperature).map((share) => Math.round(1e6 * share)))),
    probabilities: Float64Array.from(logits.flatMap((row) => softmax(row, 1))),
  });
  return [near({ id: "value temperature", what: "fitted temperature of exact shares", figure, expected: temperature, tolerance: 1e-4 })];
}

export const calibrationClosedForms: readonly ClosedFormGates[] = [
  { id: "calibration error", of: ["calibrationError"], rows: errorRows },
  { id: "reliability diagram", of: ["reliabilityDiagram"], rows: diagramRows },
  { id: "calibration error's interval", of: ["errorBand"], rows: errorBandRows },
  { id: "calibration bands", of: ["calibrationBands"], rows: bandRows },
  { id: "distances", of: ["imageDistances"], rows: distanceRows },
  { id: "mean", of: ["meanWithInterval"], rows: meanRows },
  { id: "temperature", of: ["fitTemperature"], rows: temperatureRows },
];
