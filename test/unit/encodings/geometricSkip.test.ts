import { Random } from "@pareidolia/core/random";
import { geometricSkip } from "@pareidolia/encodings/direct/geometricSkip";
import { logarithm } from "@pareidolia/encodings/elementary";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** A random stream with a fixed next number. */
class Fixed extends Random {
  readonly #bits: number;
  constructor(bits: number) {
    super({ seed: 0, generation: 0, index: 0, purpose: 1 });
    this.#bits = bits;
  }
  override uint32(): number {
    return this.#bits;
  }
}

// Adding 0 turns -0 into 0, the same distance.
const formula = (rate: number, bits: number) => Math.floor(logarithm(1 - bits * 2 ** -32) * (1 / logarithm(1 - rate))) + 0;

describe("the skip to the next mutated gene", () => {
  it.each([0.1, 0.001, 1e-6, 0.5, 0.9, 0.999999])(
    "equals the formula on both sides of every distance and every table entry, at rate %d",
    (rate) => {
      const skip = geometricSkip(rate);
      const wrong: number[] = [];
      const agree = (bits: number) => {
        if (bits >= 0 && bits < 2 ** 32 && skip(new Fixed(bits)) + 0 !== formula(rate, bits)) wrong.push(bits);
      };
      for (let entry = 0; entry <= 4096; entry++) for (const near of [-1, 0, 1]) agree(entry * 2 ** 20 + near);
      for (let distance = 1; distance <= 300; distance++) {
        const edge = Math.round((1 - (1 - rate) ** distance) * 2 ** 32);
        for (let near = -20; near <= 20; near++) agree(edge + near);
      }
      expect(wrong).toEqual([]);
    },
  );

  it("equals the formula for any draw and rate", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }),
        fc.array(fc.integer({ min: 0, max: 2 ** 32 - 1 }), { minLength: 50, maxLength: 50 }),
        (rate, draws) => {
          const skip = geometricSkip(rate);
          expect(draws.map((bits) => skip(new Fixed(bits)) + 0)).toEqual(draws.map((bits) => formula(rate, bits)));
        },
      ),
      { numRuns: 300 },
    );
  });
});
