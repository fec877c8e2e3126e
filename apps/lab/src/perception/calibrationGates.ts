/** Simulated people and networks with known shares: coverage of the intervals of calibration, and bias of the debiased errors. */
import type { Random } from "@pareidolia/core/random";
import { judge, type PeopleAndNetwork } from "@pareidolia/perception/calibration/people";
import { assignBins, calibrationBands, calibrationError } from "@pareidolia/perception/calibration/reliability";
import { imageDistances, meanWithInterval } from "@pareidolia/perception/calibration/scores";
import { fitTemperature } from "@pareidolia/perception/calibration/temperature";
import type { ReportRow } from "../report.ts";
import { drawFrom, drawNormal, simulationRandom } from "./electorates.ts";
import { coverageRow, near } from "./row.ts";

const classes = 5;
const people = 20;
const resamples = 600;
const options = { binning: "equalWidth", bins: 10 } as const;

interface Simulated {
  readonly data: PeopleAndNetwork;
  /** The probability that a person gives each class, images x classes. */
  readonly shares: Float64Array;
}

/** People's shares are the network's probabilities at this temperature: above 1, the network is too certain. */
function simulate(random: Random, images: number, temperature: number): Simulated {
  const [shares, probabilities, counts] = [
    new Float64Array(images * classes),
    new Float64Array(images * classes),
    new Int32Array(images * classes),
  ];
  for (let i = 0; i < images; i++) {
    const logits = Array.from({ length: classes }, () => 2 * drawNormal(random));
    for (const [into, scale] of [
      [probabilities, 1],
      [shares, 1 / temperature],
    ] as const) {
      const weights = logits.map((logit) => Math.exp(scale * logit));
      const sum = weights.reduce((total, value) => total + value, 0);
      into.set(
        weights.map((value) => value / sum),
        i * classes,
      );
    }
    const row = shares.subarray(i * classes, (i + 1) * classes);
    for (let k = 0; k < people; k++) {
      const at = i * classes + drawFrom(random, row);
      counts[at] = (counts[at] as number) + 1;
    }
  }
  return { data: { images, classes, counts, probabilities }, shares };
}

export function calibrationGates(simulations: number, onProgress: (line: string) => void): readonly ReportRow[] {
  onProgress("simulations: calibration");
  const [images, temperature] = [600, 1.6];
  const truth = knownValues(simulate(simulationRandom(6, simulations), 400_000, temperature));
  const covered = { agreement: 0, brier: 0, unbiased: 0, log: 0, ece: 0, bands: 0, ofBands: 0 };
  let [temperatures, plain, debiased, square] = [0, 0, 0, 0];
  const calibrated = { ece: [] as number[], debiased: [] as number[], square: [] as number[] };
  for (let s = 0; s < simulations; s++) {
    const random = simulationRandom(6, s);
    const { data } = simulate(random, images, temperature);
    const judged = judge(data, "shareOfVotes");
    const distances = imageDistances(data);
    const bootstrap = { seed: s, resamples };
    const within = (value: number, { low, high }: { low: number; high: number }): number => (value >= low && value <= high ? 1 : 0);
    covered.agreement += within(truth.agreement, meanWithInterval(judged.truth, bootstrap));
    covered.brier += within(truth.brier, meanWithInterval(distances.brier, bootstrap));
    covered.unbiased += within(truth.unbiasedBrier, meanWithInterval(distances.unbiasedBrier, bootstrap));
    covered.log += within(truth.logScore, meanWithInterval(distances.logScore, bootstrap));
    const bands = calibrationBands(judged, { ...options, ...bootstrap });
    covered.ece += within(truth.ece, bands.debiasedEce);
    const { bin } = assignBins(judged.confidence, options);
    for (const [b, band] of bands.truth.entries()) {
      // For bins with fewer images, the coverage of the band is not guaranteed.
      if (bin.filter((own) => own === b).length < 20) continue;
      covered.ofBands++;
      covered.bands += within(truth.bins[b] ?? Number.NaN, band);
    }
    const error = calibrationError(judged, options);
    [plain, debiased, square] = [plain + error.ece, debiased + error.debiasedEce, square + error.debiasedSquare];
    temperatures += fitTemperature(data);
    const perfect = calibrationError(judge(simulate(random, images, 1).data, "shareOfVotes"), options);
    calibrated.ece.push(perfect.ece);
    calibrated.debiased.push(perfect.debiasedEce);
    calibrated.square.push(perfect.debiasedSquare);
  }
  const id = "coverage calibration";
  const detail = `${simulations} samples of ${images} images with ${people} votes each`;
  const row = (what: string, count: number, of = simulations): ReportRow => coverageRow({ id, what, covered: count, of, detail });
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const error = (values: readonly number[]): number => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)) / values.length);
  return [
    row("people's agreement with the network: interval", covered.agreement),
    row("Brier distance: interval", covered.brier),
    row("Brier distance without the noise of votes: interval", covered.unbiased),
    row("log score: interval", covered.log),
    row("debiased ECE: interval", covered.ece),
    row("reliability diagram: band of a bin with at least 20 images", covered.bands, covered.ofBands),
    near({
      id: "bias calibration",
      what: "debiased squared calibration error of a calibrated network: mean, in standard errors of the mean",
      figure: mean(calibrated.square) / error(calibrated.square),
      expected: 0,
      tolerance: 4,
      detail: `mean ${mean(calibrated.square).toExponential(2)}`,
    }),
    near({
      id: "bias calibration",
      what: "the debiased ECE of a calibrated network, as a share of the plain ECE; in theory 2 - sqrt(2)",
      figure: mean(calibrated.debiased) / mean(calibrated.ece),
      expected: 0.586,
      tolerance: 0.03,
      detail: `means ${mean(calibrated.debiased).toFixed(4)} and ${mean(calibrated.ece).toFixed(4)}; the true value is 0`,
    }),
    near({
      id: "bias calibration",
      what: "debiased ECE of an overconfident network: mean less the true value, relative",
      figure: debiased / simulations / truth.ece - 1,
      expected: 0,
      tolerance: 0.02,
      detail: `true ${truth.ece.toFixed(4)}, plain ECE ${(plain / simulations).toFixed(4)}`,
    }),
    near({
      id: "bias calibration",
      what: "debiased squared error of an overconfident network: mean less the true value, relative",
      figure: square / simulations / truth.square - 1,
      expected: 0,
      tolerance: 0.02,
    }),
    near({
      id: "recover temperature",
      what: "mean fitted temperature",
      figure: temperatures / simulations,
      expected: temperature,
      tolerance: 0.016,
    }),
  ];
}

/**
 * The values for infinitely many votes (and, where the statistic depends on it, `people` votes) per image, from very many images. Computed
 * here from the definitions: the truth must not come from the code that it judges.
 */
function knownValues({ data, shares }: Simulated) {
  const { images, probabilities } = data;
  const bins = Array.from({ length: options.bins }, () => ({ images: 0, confidence: 0, truth: 0 }));
  let [agreement, brier, noise, log] = [0, 0, 0, 0];
  for (let i = 0; i < images; i++) {
    const own = probabilities.subarray(i * classes, (i + 1) * classes);
    const confidence = own.reduce((most, p) => Math.max(most, p), 0);
    const truth = shares[i * classes + own.indexOf(confidence)] as number;
    agreement += truth / images;
    // A bin's upper edge belongs to it.
    const bin = bins[Math.ceil(confidence * options.bins) - 1] as (typeof bins)[number];
    bin.images++;
    bin.confidence += confidence;
    bin.truth += truth;
  }
  for (let k = 0; k < shares.length; k++) {
    const [q, p] = [shares[k] as number, probabilities[k] as number];
    brier += (p - q) ** 2 / images;
    noise += (q * (1 - q)) / people / images;
    log -= (q * Math.log(p)) / images;
  }
  const overBins = (of: (gap: number) => number): number =>
    bins.reduce((sum, bin) => (bin.images === 0 ? sum : sum + (bin.images / images) * of((bin.confidence - bin.truth) / bin.images)), 0);
  return {
    agreement,
    brier: brier + noise,
    unbiasedBrier: brier,
    logScore: log,
    ece: overBins(Math.abs),
    square: overBins((gap) => gap ** 2),
    bins: bins.map((bin) => bin.truth / bin.images),
  };
}
