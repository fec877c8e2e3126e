import { reportCalibration, reportCalibrationByGroup } from "@pareidolia/perception/calibration/calibrationReport";
import { agreementByNetworks, predictPeople } from "@pareidolia/perception/calibration/otherNetworks";
import { judge, type PeopleAndNetwork } from "@pareidolia/perception/calibration/people";
import { assignBins, calibrationError, reliabilityDiagram } from "@pareidolia/perception/calibration/reliability";
import { imageDistances, meanOf } from "@pareidolia/perception/calibration/scores";
import { applyTemperature, fitTemperature, scaleTemperature } from "@pareidolia/perception/calibration/temperature";
import { describe, expect, it } from "vitest";

const data: PeopleAndNetwork = {
  images: 4,
  classes: 3,
  counts: Int32Array.from([8, 1, 1, 2, 5, 3, 0, 0, 10, 4, 4, 2]),
  probabilities: Float64Array.from([0.9, 0.05, 0.05, 0.3, 0.6, 0.1, 0.1, 0.2, 0.7, 0.2, 0.5, 0.3]),
};
const close = (values: readonly number[], digits = 8) => values.map((value) => expect.closeTo(value, digits));

/** The same image many times over, so that noise of images plays no part. */
function repeated(times: number): PeopleAndNetwork {
  const [counts, probabilities] = [new Int32Array(times * 12), new Float64Array(times * 12)];
  for (let k = 0; k < times; k++) {
    counts.set(data.counts, k * 12);
    probabilities.set(data.probabilities, k * 12);
  }
  return { images: 4 * times, classes: 3, counts, probabilities };
}

describe("distances of each image", () => {
  // Golden values: PYTHON apps/lab/src/perception/peers/golden.py
  it("equal NumPy's", () => {
    const found = imageDistances(data);
    expect([...found.brier]).toEqual(close([0.015, 0.06, 0.14, 0.06]));
    expect([...found.logScore]).toEqual(close([0.68343487, 1.1869829, 0.35667494, 1.1618286], 7));
    expect([...found.totalVariation]).toEqual(close([0.1, 0.2, 0.3, 0.2]));
    expect([...found.jensenShannon]).toEqual(close([0.01437846, 0.04829011, 0.16919486, 0.03578937], 7));
  });

  it("without the noise of votes are 0 on average for a network with people's own shares", () => {
    // All samples of two votes from (.5, .5): counts 2-0, 1-1, 1-1, 0-2.
    const counts = Int32Array.from([2, 0, 1, 1, 1, 1, 0, 2]);
    const { brier, unbiasedBrier } = imageDistances({ images: 4, classes: 2, counts, probabilities: new Float64Array(8).fill(0.5) });
    expect(meanOf(brier)).toBeCloseTo(0.25, 12);
    expect(meanOf(unbiasedBrier)).toBeCloseTo(0, 12);
  });
});

describe("the truth of a network's label", () => {
  it("is people's most frequent label, shared or the first on a tie, or the share of votes", () => {
    expect([...judge(data, "mostFrequentLabel").truth]).toEqual([1, 1, 1, 0.5]);
    expect([...judge(data, "mostFrequentLabel", "first").truth]).toEqual([1, 1, 1, 0]);
    expect([...judge(data, "shareOfVotes").truth]).toEqual([0.8, 0.5, 1, 0.4]);
  });

  it("refuses images without votes and rows that are no distribution", () => {
    expect(() => judge({ ...data, counts: new Int32Array(12) }, "shareOfVotes")).toThrow("no votes");
    expect(() => judge({ ...data, probabilities: new Float64Array(12).fill(0.5) }, "shareOfVotes")).toThrow("sum to 1");
    expect(() => judge({ ...data, images: 5 }, "shareOfVotes")).toThrow("each class of each image");
  });
});

describe("calibration error", () => {
  const judged = judge(data, "shareOfVotes");

  it("is the mean distance of confidence and truth over bins, upper edges included", () => {
    const bins = reliabilityDiagram(judged, { binning: "equalWidth", bins: 2 });
    expect(bins.map(({ images }) => images)).toEqual([1, 3]);
    expect(bins[1]).toMatchObject({ confidence: expect.closeTo(2.2 / 3, 12), truth: expect.closeTo(2.3 / 3, 12) });
    expect(calibrationError(judged, { binning: "equalWidth", bins: 2 }).ece).toBeCloseTo((0.1 + 0.1) / 4, 12);
    expect([...assignBins(Float64Array.from([0, 0.2, 0.20001, 1]), { binning: "equalWidth", bins: 5 }).bin]).toEqual([0, 0, 1, 4]);
  });

  it("has bins of equal numbers of images", () => {
    const confidence = Float64Array.from({ length: 100 }, (_, i) => 0.9 + i / 1000);
    const bins = reliabilityDiagram({ label: new Int32Array(100), confidence, truth: confidence }, { binning: "equalMass", bins: 4 });
    expect(bins.map(({ images }) => images)).toEqual([25, 25, 25, 25]);
  });

  it("debiased, removes what chance adds: two images of one bin that differ by chance alone", () => {
    const noisy = { label: new Int32Array(2), confidence: Float64Array.from([0.5, 0.5]), truth: Float64Array.from([1, 0.2]) };
    const { ece, debiasedEce, debiasedSquare } = calibrationError(noisy, { binning: "equalWidth", bins: 1 });
    expect(ece).toBeCloseTo(0.1, 12);
    // The variance of the mean is .8^2 / 4 = .16.
    expect(debiasedSquare).toBeCloseTo(0.1 ** 2 - 0.16, 12);
    expect(debiasedEce).toBeLessThan(ece);
  });
});

describe("temperature scaling", () => {
  it("finds the temperature that SciPy's optimiser finds", () => {
    expect(fitTemperature(data)).toBeCloseTo(1.16487989, 6);
  });

  it("recovers the temperature that a network was sharpened with, and scales with temperatures of other images", () => {
    const people = repeated(50);
    const honest = fitTemperature(people);
    const sharpened = { ...people, probabilities: applyTemperature(people, 0.5) };
    expect(fitTemperature(sharpened)).toBeCloseTo(2 * honest, 6);
    const { temperature, probabilities } = scaleTemperature(sharpened, { seed: 4 });
    expect(temperature).toBeCloseTo(2 * honest, 6);
    expect(meanOf(imageDistances({ ...people, probabilities }).logScore)).toBeLessThan(meanOf(imageDistances(sharpened).logScore));
  });

  it("survives probabilities of 0", () => {
    const certain = { ...data, probabilities: Float64Array.from([1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0]) };
    expect(fitTemperature(certain)).toBeGreaterThan(1);
  });
});

describe("the report", () => {
  const options = { truth: "shareOfVotes", binning: "equalWidth", seed: 2, resamples: 200 } as const;

  it("shows each figure with its N and interval, before and after scaling", () => {
    const report = reportCalibration(repeated(20), options);
    expect(report).toMatchObject({ images: 80, votes: 800, agreement: { estimate: expect.closeTo(0.675, 12) } });
    expect(report.brier.low).toBeLessThan(report.brier.estimate);
    expect(report.bands.debiasedEce.high).toBeGreaterThan(report.error.debiasedEce);
    expect(report.scaled?.logScore.estimate).toBeLessThanOrEqual(report.logScore.estimate);
  });

  it("of each group equals the report of its images alone", () => {
    const people = repeated(6);
    const group = Int32Array.from({ length: 24 }, (_, i) => (i < 8 ? 0 : i < 20 ? 2 : -1));
    const [first, none, third, ...more] = reportCalibrationByGroup(people, group, options);
    expect(more).toEqual([]);
    expect(none).toBeNull();
    expect(first).toEqual(reportCalibration(repeated(2), options));
    expect(third?.images).toBe(12);
  });
});

describe("labels of other networks", () => {
  const labels = [Int32Array.from([0, 1, 2, 0]), Int32Array.from([0, 0, 2, -1])];
  const options = { seed: 1, resamples: 100 };

  it("predict people by share of votes and most frequent label, beside what people predict of each other", () => {
    const { networks, people } = predictPeople({ ...data, labels }, options);
    expect(networks[0]).toMatchObject({ images: 4, share: { estimate: expect.closeTo(0.675, 12) }, mostFrequent: { estimate: 0.875 } });
    expect(networks[1]).toMatchObject({ images: 3, share: { estimate: expect.closeTo(2 / 3, 12) } });
    // Third image: ten of ten agree. First: (8 x 7) / 90.
    expect(people?.images).toBe(4);
    expect(people?.share.estimate).toBeCloseTo((56 + (2 + 20 + 6) + 90 + (12 + 12 + 2)) / 90 / 4, 12);
  });

  it("raise people's agreement with a target as more networks give it", () => {
    const target = Int32Array.from([0, 1, 2, 1]);
    const found = agreementByNetworks({ ...data, labels }, target, options);
    expect(found.map(({ networks, images, share }) => [networks, images, share.estimate])).toEqual([
      [0, 1, 0.4],
      [1, 1, 0.5],
      [2, 2, expect.closeTo(0.9, 12)],
    ]);
  });
});
