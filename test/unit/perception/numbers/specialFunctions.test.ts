import { normalQuantile } from "@pareidolia/analysis/normalQuantile";
import { betaDensity, incompleteBeta } from "@pareidolia/analysis/numbers/incompleteBeta";
import { logGamma } from "@pareidolia/analysis/numbers/logGamma";
import { wilsonInterval } from "@pareidolia/analysis/wilson";
import { betaInterval } from "@pareidolia/perception/intervals/betaInterval";
import { exactInterval } from "@pareidolia/perception/intervals/exactInterval";
import { betaQuantile } from "@pareidolia/perception/numbers/betaQuantile";
import { binomialUpperTail } from "@pareidolia/perception/numbers/binomialTail";
import { studentCriticalValue, studentTwoSidedP } from "@pareidolia/perception/numbers/studentDistribution";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** Printed by goldenNumbers.py beside this file. */
const golden: readonly [(...values: number[]) => number, readonly number[], number][] = [
  [logGamma, [0.001], 6.9071788853838537],
  [logGamma, [0.5], 0.57236494292470009],
  [logGamma, [1.5], -0.12078223763524522],
  [logGamma, [7.25], 7.0521854507385394],
  [logGamma, [14.9], 24.924132002217278],
  [logGamma, [100], 359.1342053695754],
  [logGamma, [12345.5], 103958.24296512323],
  [logGamma, [1000000.0], 12815504.569147612],
  [incompleteBeta, [0.1, 0.5, 0.5], 0.20483276469913346],
  [incompleteBeta, [0.3, 2, 5], 0.57982499999999998],
  [incompleteBeta, [0.5, 24, 25], 0.55728325135674339],
  [incompleteBeta, [0.02, 1, 200], 0.98241205339427844],
  [incompleteBeta, [0.020833333333333332, 10, 191], 0.0097715973408589817],
  [incompleteBeta, [0.9, 300, 20], 0.0071654898093587142],
  [incompleteBeta, [0.5, 5000.5, 4990.5], 0.46015262826724378],
  [incompleteBeta, [1e-6, 0.5, 3], 0.001874998750000375],
  [incompleteBeta, [0.999, 40, 0.5], 0.77791986763568811],
  [incompleteBeta, [0.5, 200, 1], 6.2230152778611417e-61],
  [betaQuantile, [0.025, 0.5, 20.5], 2.4246478459242746e-5],
  [betaQuantile, [0.975, 0.5, 20.5], 0.11663898290487539],
  [betaQuantile, [0.025, 45, 4], 0.82804006920942955],
  [betaQuantile, [0.975, 46, 3], 0.98692075559044736],
  [betaQuantile, [0.025, 1, 48], 0.00052731525342312],
  [betaQuantile, [0.5, 1000.5, 10.5], 0.98993539730733245],
  [betaQuantile, [1e-9, 3, 7], 0.00022841382057042104],
  [binomialUpperTail, [15, 24, 0.5], 0.15372812747955322],
  [binomialUpperTail, [48, 48, 0.5], 3.5527136788005009e-15],
  [binomialUpperTail, [5, 48, 0.020833333333333332], 0.0031914239573311862],
  [binomialUpperTail, [120, 200, 0.5], 0.0028425779983751526],
  [binomialUpperTail, [700, 1000, 0.65], 0.00045322440379716523],
  [binomialUpperTail, [1, 10, 0.1], 0.65132155990000002],
  [normalQuantile, [0.975], 1.9599639845400539],
  [normalQuantile, [0.995], 2.5758293035489005],
  [normalQuantile, [0.6], 0.25334710313579974],
  [normalQuantile, [1e-10], -6.3613409024040562],
  [normalQuantile, [0.0013], -3.011453758499784],
  [studentTwoSidedP, [2, 9], 0.076552823770701041],
  [studentTwoSidedP, [0.5, 3.5], 0.64685043932255102],
  [studentTwoSidedP, [10, 30], 4.5752514082296132e-11],
  [studentTwoSidedP, [1.96, 1000], 0.050273184955748718],
  [studentCriticalValue, [0.95, 9], 2.262157162798205],
  [studentCriticalValue, [0.95, 2.5], 3.5746548420036818],
  [studentCriticalValue, [0.99, 37], 2.7154087215499879],
  [studentCriticalValue, [0.95, 1], 12.706204736174693],
];

describe("special functions", () => {
  it.each(golden)("%o of %j is %d to 13 digits", (compute, values, expected) => {
    expect(Math.abs(compute(...values) / expected - 1)).toBeLessThan(1e-13);
  });

  it("are inverted to the resolution of a double", () => {
    const shapes = fc.record({ a: fc.double({ min: 1, max: 400, noNaN: true }), b: fc.double({ min: 1, max: 400, noNaN: true }) });
    fc.assert(
      fc.property(shapes, fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), ({ a, b }, probability) => {
        const x = betaQuantile(probability, a, b);
        // Near 1, neighbouring doubles x already differ this much in probability.
        const resolution = betaDensity(x, a, b) * 2 ** -52;
        expect(Math.abs(incompleteBeta(x, a, b) - probability)).toBeLessThan(1e-12 * probability + 4 * resolution);
      }),
    );
  });

  it("reject arguments outside their domains", () => {
    expect(() => incompleteBeta(1.1, 1, 1)).toThrow("x from 0 to 1");
    expect(() => betaQuantile(0.5, 0, 1)).toThrow("positive a and b");
    expect(() => binomialUpperTail(3, 2, 0.5)).toThrow("from 0 to `trials`");
    expect(() => studentTwoSidedP(1, 0)).toThrow("positive degrees of freedom");
    expect(() => normalQuantile(1)).toThrow("between 0 and 1");
    expect(logGamma(-1)).toBeNaN();
  });
});

describe("intervals for a share", () => {
  it("solve the equations that define the exact interval", () => {
    const { low, high } = exactInterval(33, 48);
    expect(binomialUpperTail(33, 48, low)).toBeCloseTo(0.025, 12);
    expect(1 - binomialUpperTail(34, 48, high)).toBeCloseTo(0.025, 12);
    expect(exactInterval(0, 48).low).toBe(0);
    expect(exactInterval(48, 48).high).toBe(1);
  });

  it("are mirrored if successes and failures are exchanged", () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), fc.constantFrom(0.8, 0.95, 0.99), (successes, failures, confidence) => {
        const trials = successes + failures;
        fc.pre(trials > 0);
        for (const interval of [
          (count: number) => exactInterval(count, trials, confidence),
          (count: number) => wilsonInterval(count, trials, confidence),
          (count: number) => betaInterval(count, trials, { confidence }),
        ]) {
          expect(interval(successes).low).toBeCloseTo(1 - interval(failures).high, 10);
          expect(interval(successes).estimate).toBeGreaterThanOrEqual(interval(successes).low);
        }
      }),
    );
  });

  it("are nested: a higher confidence gives a wider Wilson interval, and the exact one contains Jeffreys'", () => {
    expect(wilsonInterval(7, 10, 0.99).low).toBeLessThan(wilsonInterval(7, 10).low);
    expect(exactInterval(7, 10).low).toBeLessThan(betaInterval(7, 10).low);
    expect(exactInterval(7, 10).high).toBeGreaterThan(betaInterval(7, 10).high);
  });

  it("show the prior where no vote has been cast", () => {
    expect(betaInterval(0, 0, { prior: { a: 1, b: 1 } })).toEqual({
      estimate: 0.5,
      low: expect.closeTo(0.025, 12),
      high: expect.closeTo(0.975, 12),
    });
    expect(() => exactInterval(0, 0)).toThrow("at least one trial");
  });
});
