/**
 * Simulated studies with known recognition: whether calibration in a forced choice is free of guesses, and whether intervals of sensitivity
 * contain the d' of the voters' distribution.
 */

import { normalQuantile } from "@pareidolia/analysis/normalQuantile";
import { normalTail } from "@pareidolia/analysis/normalTail";
import { calibrationBands } from "@pareidolia/perception/calibration/reliability";
import { emptyCounts, intervalOverVoters } from "@pareidolia/perception/detection/overVoters";
import { withoutGuesses, yesNoSensitivity } from "@pareidolia/perception/detection/signalDetection";
import type { ReportRow } from "../report.ts";
import { drawNormal, simulationRandom } from "./electorates.ts";
import { coverageRow, near } from "./row.ts";

const [images, votesPerImage] = [300, 20];
const resamples = 600;
const bins = { binning: "equalWidth", bins: 10 } as const;

export function sensitivityGates(simulations: number, onProgress: (line: string) => void): readonly ReportRow[] {
  onProgress("simulations: guesses and sensitivity");
  return [2, 4].flatMap((alternatives) => guessRows(alternatives, simulations)).concat(dPrimeRows(simulations));
}

/** Of uniform confidences, half of which is recognised. */
const trueError = 1 / 4;

/** People recognise an image with half of the machine's confidence, and otherwise guess. */
function guessRows(alternatives: number, simulations: number): readonly ReportRow[] {
  const chance = 1 / alternatives;
  let [error, recognised, covered] = [0, 0, 0];
  for (let s = 0; s < simulations; s++) {
    const random = simulationRandom(90 + alternatives, s);
    const confidence = Float64Array.from({ length: images }, () => random.uniform());
    const truth = confidence.map((value) => {
      let agreeing = 0;
      for (let vote = 0; vote < votesPerImage; vote++) if (random.chance(value / 2) || random.chance(chance)) agreeing++;
      return withoutGuesses(agreeing / votesPerImage, chance);
    });
    const judged = { label: new Int32Array(images), confidence, truth };
    const { debiasedEce } = calibrationBands(judged, { ...bins, seed: s, resamples });
    error += debiasedEce.estimate / simulations;
    recognised += truth.reduce((sum, value) => sum + value, 0) / images / simulations;
    if (debiasedEce.low <= trueError && debiasedEce.high >= trueError) covered++;
  }
  const detail = `${simulations} studies of ${images} images with ${votesPerImage} votes each, ${alternatives} alternatives`;
  return [
    near({
      id: "forced choice",
      what: "calibration error without guesses: mean less the true 1/4",
      figure: error - trueError,
      expected: 0,
      tolerance: 0.005,
      detail,
    }),
    near({
      id: "forced choice",
      what: "share that is recognised, corrected for guessing: mean less the true 1/4",
      figure: recognised - 0.25,
      expected: 0,
      tolerance: 0.005,
      detail,
    }),
    coverageRow({
      id: "forced choice",
      what: "calibration error without guesses: interval, for other images",
      covered,
      of: simulations,
      detail,
    }),
  ];
}

const people = 40;
const trials = { signals: 20, noises: 10 };

/** Voters' hit rates and false-alarm rates vary on the scale of z; pooled rates are those of the population. */
function dPrimeRows(simulations: number): readonly ReportRow[] {
  const [z, spread] = [{ hits: 0.6, falseAlarms: -0.9 }, 0.4];
  // A normal rate in z, averaged over voters.
  const rateOf = (mean: number): number => normalTail(-mean / Math.sqrt(1 + spread ** 2));
  const truth = normalQuantile(rateOf(z.hits)) - normalQuantile(rateOf(z.falseAlarms));
  let [dPrimes, mean] = [0, 0];
  for (let s = 0; s < simulations; s++) {
    const random = simulationRandom(96, s);
    const counts = emptyCounts(people);
    for (let v = 0; v < people; v++) {
      const [h, f] = [normalTail(-(z.hits + spread * drawNormal(random))), normalTail(-(z.falseAlarms + spread * drawNormal(random)))];
      counts.signals[v] = trials.signals;
      counts.noises[v] = trials.noises;
      for (let t = 0; t < trials.signals; t++) if (random.chance(h)) counts.hits[v] = (counts.hits[v] as number) + 1;
      for (let t = 0; t < trials.noises; t++) if (random.chance(f)) counts.falseAlarms[v] = (counts.falseAlarms[v] as number) + 1;
    }
    const found = intervalOverVoters(counts, (pooled) => yesNoSensitivity(pooled).dPrime, { seed: s, resamples });
    if (found === null) continue;
    mean += found.estimate / simulations;
    if (found.low <= truth && found.high >= truth) dPrimes++;
  }
  const detail = `${simulations} studies of ${people} voters, ${trials.signals} images and ${trials.noises} of noise each; true ${truth.toFixed(3)}`;
  return [
    coverageRow({ id: "coverage d'", what: "d' of yes or no: interval, for other voters", covered: dPrimes, of: simulations, detail }),
    // 2% is .028.
    near({ id: "bias d'", what: "d' of yes or no: mean less the true value", figure: mean - truth, expected: 0, tolerance: 0.012, detail }),
  ];
}
