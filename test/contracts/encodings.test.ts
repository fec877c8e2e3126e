/** The contract of every registered encoding, for every preset and image shape. */
import { AppError } from "@pareidolia/core/appError";
import { pixelCount } from "@pareidolia/core/image";
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { Purpose, Random } from "@pareidolia/core/random";
import { encodings, getEncoding } from "@pareidolia/encodings/registry";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bredGenome, encodingCases } from "../support/encodingCases.ts";

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const generations = fc.integer({ min: 0, max: 12 });
const runs = { numRuns: 150 };

describe("the registry of encodings", () => {
  it("has the direct and the CPPN encoding, each with the presets of the paper and of the released code", () => {
    expect(encodings.map(({ id }) => id)).toEqual(["direct", "cppn"]);
    for (const { presets } of encodings) expect(presets.map(({ id }) => id)).toEqual(expect.arrayContaining(["paper", "released-code"]));
  });

  it("refuses an unknown id as invalid input", () => {
    expect(() => getEncoding("__proto__")).toThrow(AppError);
  });

  it.each(encodings)("gives $id presets that set every parameter within its bounds, the paper's being the defaults", (definition) => {
    for (const { values, source } of definition.presets) {
      expect(resolveParameters(definition.parameters, values)).toEqual(values);
      expect(Object.keys(values).sort()).toEqual(definition.parameters.map(({ name }) => name).sort());
      expect(source).not.toBe("");
    }
    expect(definition.presets.find(({ id }) => id === "paper")?.values).toEqual(resolveParameters(definition.parameters, {}));
  });
});

describe.each(encodingCases)("$name", ({ encoding }) => {
  it("decodes any bred genome into finite pixels from 0 to 255", () => {
    fc.assert(
      fc.property(seeds, generations, (seed, depth) => {
        const { pixels, width, height, channels } = encoding.decode(bredGenome(encoding, seed, depth));
        expect({ width, height, channels }).toEqual(encoding.image);
        return pixels.length === pixelCount(encoding.image) && pixels.every((p) => p >= 0 && p <= 255);
      }),
      runs,
    );
  });

  it("gives equal genomes and images for equal seeds, and different ones for different seeds", () => {
    const bytes = (seed: number) => encoding.serialise(bredGenome(encoding, seed, 5));
    fc.assert(
      fc.property(seeds, (seed) => {
        expect(bytes(seed)).toEqual(bytes(seed));
        expect(encoding.decode(bredGenome(encoding, seed, 5)).pixels).toEqual(encoding.decode(bredGenome(encoding, seed, 5)).pixels);
      }),
      { numRuns: 40 },
    );
    expect(bytes(1)).not.toEqual(bytes(2));
  });

  it("decodes the same image into a used target as into a new one", () => {
    const target = { ...encoding.image, pixels: new Float32Array(pixelCount(encoding.image)).fill(77) };
    encoding.decode(bredGenome(encoding, 3, 9), target);
    expect(encoding.decode(bredGenome(encoding, 4, 9), target)).toBe(target);
    expect(target.pixels).toEqual(encoding.decode(bredGenome(encoding, 4, 9)).pixels);
  });

  it("round-trips through bytes and JSON: genome, bytes and image stay equal", () => {
    fc.assert(
      fc.property(seeds, generations, (seed, depth) => {
        const genome = bredGenome(encoding, seed, depth);
        const bytes = encoding.serialise(genome);
        const parsed = encoding.parse(bytes);
        const read = encoding.fromJson(JSON.parse(JSON.stringify(encoding.toJson(genome))));
        expect(parsed).toEqual(genome);
        expect(read).toEqual(genome);
        expect(encoding.serialise(read)).toEqual(bytes);
        expect(encoding.decode(read).pixels).toEqual(encoding.decode(genome).pixels);
      }),
      runs,
    );
  });

  it("never changes the genomes that it crosses, mutates, decodes or writes", () => {
    fc.assert(
      fc.property(seeds, generations, (seed, depth) => {
        const first = bredGenome(encoding, seed, depth);
        const second = bredGenome(encoding, seed ^ 1, depth);
        const before = [encoding.serialise(first), encoding.serialise(second)];
        const random = new Random({ seed, generation: 0, index: 9, purpose: Purpose.MUTATE });
        for (const child of encoding.cross(first, second, random)) encoding.mutate(child, random);
        encoding.mutate(first, random);
        encoding.decode(first);
        encoding.toJson(second);
        expect([encoding.serialise(first), encoding.serialise(second)]).toEqual(before);
      }),
      runs,
    );
  });

  it("mutates into the same child with and without a spare genome to reuse", () => {
    fc.assert(
      fc.property(seeds, generations, (seed, depth) => {
        const parent = bredGenome(encoding, seed, depth);
        const spare = bredGenome(encoding, seed ^ 2, depth);
        const random = () => new Random({ seed, generation: 1, index: 0, purpose: Purpose.MUTATE });
        expect(encoding.serialise(encoding.mutate(parent, random(), spare))).toEqual(encoding.serialise(encoding.mutate(parent, random())));
      }),
      { numRuns: 40 },
    );
  });

  it("refuses truncated, extended and arbitrary bytes as corrupt data, and arbitrary JSON as invalid input", () => {
    const bytes = encoding.serialise(bredGenome(encoding, 5, 6));
    const code = (act: () => unknown) => {
      try {
        act();
        return "ACCEPTED";
      } catch (error) {
        return error instanceof AppError ? error.code : String(error);
      }
    };
    for (const wrong of [bytes.slice(0, -1), Uint8Array.of(...bytes, 0), new Uint8Array(0), new Uint8Array(11), bytes.map((b) => b ^ 0xff)])
      expect(code(() => encoding.parse(wrong))).toBe("CORRUPT_DATA");
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => code(() => encoding.parse(noise)) === "CORRUPT_DATA"),
      runs,
    );
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (text) => code(() => encoding.fromJson(JSON.parse(text))) === "INVALID_INPUT"),
      runs,
    );
  });
});
