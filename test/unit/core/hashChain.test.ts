/** The bytes of a run's hash chain. `python3 test/unit/core/hashChain.golden.py` printed the golden values. */
import { createHash } from "node:crypto";
import { canonicalJson } from "@pareidolia/core/canonicalJson";
import { type HashedElite, serialiseGeneration } from "@pareidolia/core/generationBytes";
import { bytesOfHash, type ChainedRun, nextOfChain, startOfChain } from "@pareidolia/core/hashChain";
import { describe, expect, it } from "vitest";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

const run: ChainedRun = {
  kind: "evolution",
  plan: { encoding: "direct", generations: 5, offspring: 4 },
  parameters: { mutationRate: 0.1, insertion: "every-class" },
  framing: { kind: "whole" },
  seed: 7,
  modelSha256: "ab".repeat(32),
};
const elites: readonly HashedElite[] = [
  { niche: 0, generation: 3, index: 1, parents: [{ generation: 2, index: 5 }], genomeSha256: "11".repeat(32), fitness: 0.25 },
  {
    niche: 4,
    generation: 3,
    index: 2,
    parents: [
      { generation: 1, index: 0 },
      { generation: 2, index: 7 },
    ],
    genomeSha256: "22".repeat(32),
    fitness: 1 / 3,
  },
];
const start = "42e83380d464ba28080962d4f904f789a10c48ef3c86156be2589429fb147dac";
const content = "e69170dba2acc8b162d9a99aa61474f5bc3bc3440939571fad90db98c31aa6ce";
const fork = { generation: 3, state: "cd".repeat(32) };

describe("the hash chain", () => {
  it("starts, for a run and for a fork, with the hash that an independent program computes", () => {
    expect(startOfChain(run, null, sha256)).toBe(start);
    expect(startOfChain(run, fork, sha256)).toBe("d959c3d9cb76c1df56418d3d65d9c41123d4b1df61a6d2cdd5059bf4cb584a6a");
  });

  it("hashes a generation and continues as an independent program does", () => {
    expect(sha256(serialiseGeneration(elites))).toBe(content);
    expect(nextOfChain({ previous: start, step: 3, content }, sha256)).toBe(
      "ccac8639f31f9d761f8832173cc6066b9075ec44165257da84a8d49273e4ffb4",
    );
  });

  it("starts differently for each property that determines the result, and equally for reordered names", () => {
    const changed: readonly ChainedRun[] = [
      run,
      { ...run, seed: 8 },
      { ...run, modelSha256: "ac".repeat(32) },
      { ...run, parameters: { ...run.parameters, mutationRate: 0.2 } },
      { ...run, plan: { encoding: "direct", generations: 6, offspring: 4 } },
      { ...run, framing: { kind: "crops", count: 1, imageSize: 32 } },
    ];
    expect(new Set(changed.map((each) => startOfChain(each, null, sha256))).size).toBe(changed.length);
    const reordered = { ...run, parameters: { insertion: "every-class", mutationRate: 0.1 } };
    expect(startOfChain(reordered, null, sha256)).toBe(start);
  });

  it("differs by one bit of a fitness, by a niche, a parent and a step", () => {
    const [first, second] = elites as [HashedElite, HashedElite];
    const nextUp = new Float64Array([first.fitness]);
    new BigUint64Array(nextUp.buffer)[0] = (new BigUint64Array(nextUp.buffer)[0] as bigint) + 1n;
    const changed = [
      elites,
      [{ ...first, fitness: nextUp[0] as number }, second],
      [{ ...first, niche: 1 }, second],
      [{ ...first, parents: [] }, second],
      [first],
    ];
    expect(new Set(changed.map((each) => sha256(serialiseGeneration(each)))).size).toBe(changed.length);
    expect(nextOfChain({ previous: start, step: 4, content }, sha256)).not.toBe(nextOfChain({ previous: start, step: 3, content }, sha256));
    expect(bytesOfHash("00ff".repeat(16))).toEqual(Uint8Array.from({ length: 32 }, (_, i) => (i % 2 === 0 ? 0 : 255)));
  });
});

describe("canonical JSON", () => {
  it("follows RFC 8785: names sorted by UTF-16 code units, numbers as ECMAScript writes them", () => {
    // The example of RFC 8785, section 3.2.3, without its control characters.
    expect(canonicalJson({ "\u20ac": 1, "1": 2, "\ud83d\ude00": 3, "\ufb33": 4, ö: 5 })).toBe('{"1":2,"ö":5,"€":1,"😀":3,"\ufb33":4}');
    expect(canonicalJson([333333333.33333329, 1e30, 4.5, 2e-3, 1e-27])).toBe("[333333333.3333333,1e+30,4.5,0.002,1e-27]");
  });

  it("refuses what JSON cannot represent", () => {
    expect(() => canonicalJson({ a: undefined })).toThrow("Canonical JSON cannot hold");
    expect(() => canonicalJson([Number.NaN])).toThrow("Canonical JSON cannot hold");
  });
});
