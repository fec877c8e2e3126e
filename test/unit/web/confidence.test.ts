/** The confidence scale, colour ramp and digits of the web application. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  formatAxisConfidence,
  formatConfidence,
  formatMiss,
  ninesScale,
  openNinesScale,
  rampColor,
} from "../../../apps/web/src/features/marks/confidence.ts";

const confidence = fc.double({ min: 0, max: 1, noNaN: true });

describe("the nines scale", () => {
  it("assigns two fifths to .9 and one fifth to each further nine", () => {
    for (const [value, place] of [
      [0, 0],
      [0.45, 0.2],
      [0.9, 0.4],
      [0.99, 0.6],
      [0.999, 0.8],
      [0.9999, 1],
    ] as const)
      expect(ninesScale(value)).toBeCloseTo(place, 9);
  });

  it("is monotonic, and stays between 0 and 1", () => {
    fc.assert(
      fc.property(confidence, confidence, (a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        expect(ninesScale(low)).toBeLessThanOrEqual(ninesScale(high));
        expect(ninesScale(high)).toBeLessThanOrEqual(1);
        expect(ninesScale(low)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it("continues past .9999 for axes, and ends there for bars", () => {
    expect(openNinesScale(0.999999)).toBeCloseTo(1.4, 6);
    expect(ninesScale(0.999999)).toBe(1);
  });
});

describe("the colour ramp", () => {
  it("has the design's six colours at the steps of the scale", () => {
    const stops = [
      [0, "#440154"],
      [0.45, "#414487"],
      [0.9, "#2a788e"],
      [0.99, "#22a884"],
      [0.999, "#7ad151"],
      [0.9999, "#fde725"],
    ] as const;
    for (const [value, colour] of stops) expect(rampColor(value)).toBe(colour);
  });

  it("stops changing at .9999", () => {
    expect(rampColor(0.9999999)).toBe(rampColor(0.9999));
    expect(rampColor(1)).toBe(rampColor(0.9999));
  });
});

describe("the digits of a confidence", () => {
  it("are truncated, never rounded up", () => {
    expect(formatConfidence(0.99999)).toBe("99.99%");
    expect(formatConfidence(0.9999)).toBe("99.99%");
    expect(formatConfidence(0.97849)).toBe("97.84%");
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1, noNaN: true }), (value) => {
        expect(Number.parseFloat(formatConfidence(value)) / 100).toBeLessThanOrEqual(value + 1e-12);
      }),
    );
  });

  it("never show 100%, even if float32 rounds the probability to 1", () => {
    expect(formatConfidence(1)).toBe("99.99%");
    expect(formatMiss(1)).toBe("> 0.9999999");
  });

  it("switch to powers of ten below .001", () => {
    expect(formatConfidence(2.2e-5)).toBe("2.2e-5");
    expect(formatConfidence(0)).toBe("0.00%");
    expect([formatMiss(2.2e-5), formatMiss(0)]).toEqual(["2.2e-5", "0"]);
  });

  it("show the distance from 1 on the second line", () => {
    expect(formatMiss(0.999968)).toBe("1 − 3.2e-5");
    expect(formatMiss(0.5)).toBe("0.500");
  });

  it("drop the leading zero on an axis, and are a number of nines from five nines on", () => {
    expect([0, 0.5, 0.9, 0.999, 0.99999].map(formatAxisConfidence)).toEqual(["0", ".5", ".9", ".999", "5 nines"]);
  });
});
