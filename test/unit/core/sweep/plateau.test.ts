/** The plateau of a run's median. */
import { toNines } from "@pareidolia/core/nines";
import { PlateauWatch } from "@pareidolia/core/sweep/plateau";
import { describe, expect, it } from "vitest";

function endOf(medians: readonly number[], rule: { generations: number; delta: number }): number {
  const watch = new PlateauWatch(rule);
  return medians.findIndex((median, generation) => watch.add(generation, median));
}

describe("PlateauWatch", () => {
  it("ends a run after its number of generations without improvement", () => {
    expect(endOf([0.1, 0.5, 0.5, 0.5, 0.5], { generations: 3, delta: 0 })).toBe(4);
    expect(endOf([0.1, 0.2, 0.3, 0.4, 0.5], { generations: 1, delta: 0 })).toBe(-1);
  });

  it("measures improvement in nines, so .99 to .999 counts as much as 0 to .9", () => {
    expect(endOf([0.99, 0.991, 0.992, 0.999, 0.9999], { generations: 3, delta: 0.9 })).toBe(-1);
    expect(endOf([0.99, 0.991, 0.992, 0.993, 0.999], { generations: 3, delta: 0.9 })).toBe(3);
  });

  it("adds up small improvements until they reach delta", () => {
    expect(endOf([0.9, 0.95, 0.97, 0.99, 0.991], { generations: 4, delta: 1 })).toBe(-1);
  });

  it("counts a confidence of 1 as 16 nines", () => {
    expect(toNines(1)).toBeCloseTo(7.5257498916, 9);
    expect(toNines(0.99)).toBeCloseTo(2, 12);
  });
});
