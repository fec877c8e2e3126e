import { Random, type StreamAddress } from "@pareidolia/core/random";
import { describe, expect, it } from "vitest";

const address: StreamAddress = { seed: 5, generation: 2, index: 3, purpose: 4 };

describe("a random stream", () => {
  it.each<[StreamAddress, number[]]>([
    [{ seed: 0, generation: 0, index: 0, purpose: 1 }, [1_709_142_432, 3_096_495_899, 3_992_394_833, 2_380_582_879]],
    [{ seed: 2 ** 31 - 1, generation: 200_000, index: 199, purpose: 4 }, [2_074_279_622, 4_201_945_358, 2_917_498_100, 3_707_158_720]],
  ])("gives the same numbers as in earlier versions at %j", (at, expected) => {
    const random = new Random(at);
    expect(expected.map(() => random.uint32())).toEqual(expected);
  });

  it("differs if any part of its address differs", () => {
    const changes = [
      {},
      { seed: 6 },
      { generation: 3 },
      { index: 4 },
      { purpose: 5 },
      { generation: 3, index: 2 },
      { seed: 4, generation: 3 },
    ];
    const firsts = changes.map((change) => new Random({ ...address, ...change } as StreamAddress).uint32());
    expect(new Set(firsts).size).toBe(changes.length);
  });

  it.each([1, 2, 3, 10, 1000, 2 ** 31 + 1, 2 ** 32])("draws whole numbers uniformly below %d", (bound) => {
    const random = new Random(address);
    const draws = Array.from({ length: 20_000 }, () => random.below(bound));
    expect(draws.every((value) => Number.isInteger(value) && value >= 0 && value < bound)).toBe(true);
    const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
    expect(Math.abs(mean - (bound - 1) / 2)).toBeLessThan(0.02 * bound);
  });

  it("draws uniformly from [0, 1), and true with the given probability", () => {
    const random = new Random(address);
    const draws = Array.from({ length: 20_000 }, () => random.uniform());
    expect(Math.min(...draws)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...draws)).toBeLessThan(1);
    const hits = (chance: number) => Array.from({ length: 20_000 }, () => random.chance(chance)).filter(Boolean).length / 20_000;
    expect([hits(0), hits(1)]).toEqual([0, 1]);
    expect(Math.abs(hits(0.1) - 0.1)).toBeLessThan(0.01);
  });
});
