import {
  forcedChoiceDPrime,
  forcedChoiceShare,
  logLinearRate,
  withoutGuesses,
  yesNoSensitivity,
  yesNoThresholds,
} from "@pareidolia/perception/detection/signalDetection";
import { describe, expect, it } from "vitest";

describe("sensitivity in yes or no", () => {
  it("is the difference of the normal quantiles of hits and false alarms, corrected log-linearly", () => {
    // Rates 20.5 / 26 and 5.5 / 26, whose quantiles Python's statistics.NormalDist().inv_cdf gives.
    const found = yesNoSensitivity({ hits: 20, signals: 25, falseAlarms: 5, noises: 25 });
    expect(found.hitRate).toBeCloseTo(20.5 / 26, 12);
    expect(found.dPrime).toBeCloseTo(1.6021890585639, 10);
    expect(found.criterion).toBeCloseTo(0, 12);
    const lenient = yesNoSensitivity({ hits: 24, signals: 25, falseAlarms: 10, noises: 25 });
    expect(lenient.criterion).toBeLessThan(0);
  });

  it("is finite without errors, and 0 without a difference", () => {
    expect(yesNoSensitivity({ hits: 10, signals: 10, falseAlarms: 0, noises: 10 }).dPrime).toBeCloseTo(3.3812432591698, 10);
    expect(yesNoSensitivity({ hits: 3, signals: 8, falseAlarms: 3, noises: 8 })).toMatchObject({ dPrime: 0 });
    expect(logLinearRate(0, 9, 0.25)).toBeCloseTo(0.025, 12);
  });

  it("by thresholds, is the share that remains without guesses, undefined where all noise gets yes", () => {
    const found = yesNoThresholds({ hits: 8, signals: 10, falseAlarms: 2, noises: 10 });
    expect([found.detected, found.discriminated, found.bias]).toEqual([0.75, 0.6, 0.5].map((value) => expect.closeTo(value, 12)));
    expect(yesNoThresholds({ hits: 8, signals: 10, falseAlarms: 10, noises: 10 }).detected).toBeNaN();
    expect(withoutGuesses(0.625, 0.25)).toBeCloseTo(0.5, 12);
  });
});

describe("sensitivity in a choice among alternatives", () => {
  // Solved by bisection of the integral of Python's statistics.NormalDist, by Simpson's rule.
  it.each([
    [2, 0.76, 0.9989],
    [2, 0.921, 1.9966],
    [3, 0.634, 1.001],
    [4, 0.552, 0.9999],
    [8, 0.375, 0.9678],
    [10, 0.701, 2.0906],
  ])("among %i, a share of %f is a d' of %f", (alternatives, share, dPrime) => {
    expect(Math.abs(forcedChoiceDPrime(share, alternatives) - dPrime)).toBeLessThan(5e-4);
  });

  it("is 0 at chance, and the inverse of the share", () => {
    for (const alternatives of [2, 3, 8, 48]) {
      expect(forcedChoiceDPrime(1 / alternatives, alternatives)).toBeCloseTo(0, 6);
      for (const dPrime of [-1, 0.5, 3]) {
        expect(forcedChoiceDPrime(forcedChoiceShare(dPrime, alternatives), alternatives)).toBeCloseTo(dPrime, 6);
      }
    }
    expect(() => forcedChoiceDPrime(1, 3)).toThrow("between 0 and 1");
  });
});
