import { exponential32, gaussian, linear, sigmoid, sine } from "@pareidolia/encodings/cppn/activations";
import { exponential, logarithm, power, rootOf, wholePower } from "@pareidolia/encodings/elementary";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

describe("double-precision elementary functions", () => {
  it("are within a few units in the last place of the platform's", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), fc.double({ min: -700, max: 700, noNaN: true }), (x, y) => {
        expect(Math.abs(logarithm(x) - Math.log(x))).toBeLessThan(1e-15 * Math.max(1, Math.abs(Math.log(x))));
        expect(Math.abs(exponential(y) / Math.exp(y) - 1)).toBeLessThan(3e-15);
      }),
      { numRuns: 5000 },
    );
  });

  it("are exact where the result is representable", () => {
    expect([logarithm(1), exponential(0), power(0, 0.3), wholePower(3, 5), wholePower(7, 0)]).toEqual([0, 1, 0, 243, 1]);
    expect([exponential(-1e9), exponential(1e9)]).toEqual([0, Number.POSITIVE_INFINITY]);
  });

  it("compute roots, by square roots or by logarithm", () => {
    for (const n of [1, 2, 3, 11, 16, 32, 21.5]) {
      expect(rootOf(n)(0)).toBe(0);
      for (const x of [1e-12, 0.03, 0.5, 0.999, 1]) expect(rootOf(n)(x)).toBeCloseTo(x ** (1 / n), 13);
    }
  });

  it("give the same bits on every machine", () => {
    const view = new DataView(new ArrayBuffer(8));
    const hex = (value: number) => {
      view.setFloat64(0, value);
      return view.getBigUint64(0).toString(16);
    };
    expect([logarithm(0.9), exponential(-1.25), power(0.37, 1 / 11)].map(hex)).toEqual([
      "bfbaf8e8210a415b",
      "3fd25618372a584e",
      "3fed3c07d5d3ae1d",
    ]);
  });
});

describe("float32 activations", () => {
  it("stay within 1e-6 of the exact functions and within [-1, 1]", () => {
    fc.assert(
      fc.property(fc.float({ min: -12_000, max: 12_000, noNaN: true }), (p) => {
        const pairs = [
          [sine(p), Math.sin(p)],
          [sigmoid(p), 2 * (1 / (1 + Math.exp(-p)) - 0.5)],
          [gaussian(p), Math.exp(-p * p)],
          [linear(p), Math.min(3, Math.max(-3, p)) / 3],
        ] as const;
        for (const [got, exact] of pairs) {
          expect(Math.abs(got - exact)).toBeLessThan(1e-6);
          expect(Math.abs(got)).toBeLessThanOrEqual(1);
          expect(Math.fround(got)).toBe(got);
        }
      }),
      { numRuns: 5000 },
    );
    fc.assert(
      fc.property(
        fc.float({ min: -5, max: 5, noNaN: true }),
        (p) => Math.abs(gaussian(p) - Math.exp(-p * p)) < 1e-6 && Math.abs(sine(p) - Math.sin(p)) < 3e-7,
      ),
      { numRuns: 5000 },
    );
  });

  it("stay finite and bounded for sums larger than in any network", () => {
    for (const p of [1e6, -1e9, 3e38, -3e38])
      for (const activate of [sine, sigmoid, gaussian, linear]) expect(Math.abs(activate(Math.fround(p)))).toBeLessThanOrEqual(1);
    expect(exponential32(-1000)).toBeGreaterThan(0);
  });
});
