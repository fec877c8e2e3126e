import { bradleyTerry, type Comparisons } from "@pareidolia/perception/aggregation/bradleyTerry";
import { describe, expect, it } from "vitest";

const games = [
  [0, 1, 0],
  [0, 1, 1],
  [1, 2, 0],
  [2, 1, 1],
  [0, 2, 0],
  [0, 2, 1],
  [2, 3, 0],
  [3, 2, 1],
  [1, 3, 0],
  [0, 3, 1],
  [1, 0, 1],
] as const;

function comparisonsOf(rows: readonly (readonly [number, number, number])[], items = 4): Comparisons {
  const column = (k: 0 | 1 | 2): Int32Array => Int32Array.from(rows, (row) => row[k]);
  return { items, voters: 2, winner: column(0), loser: column(1), voter: column(2) };
}

const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 5));

describe("Bradley-Terry", () => {
  it("finds the strengths and discriminations that SciPy's optimiser finds", () => {
    // PYTHON apps/lab/src/perception/peers/golden.py
    const { strength, discrimination, converged } = bradleyTerry(comparisonsOf(games));
    expect(converged).toBe(true);
    expect([...strength]).toEqual(close([1.46172454, 0.3141787, -0.5816788, -1.19422443]));
    expect([...discrimination]).toEqual(close([1.35001856, 0.82777751]));
  });

  it("orders items with a probability, and is finite for an item that always won", () => {
    const { strength, stronger, strengthInterval, discriminationInterval } = bradleyTerry(comparisonsOf(games.slice(0, 10)), {
      voterSkills: false,
    });
    expect(strength[0]).toBeLessThan(20);
    expect(stronger(0, 3)).toBeGreaterThan(0.9);
    expect(stronger(0, 3) + stronger(3, 0)).toBeCloseTo(1, 12);
    expect(stronger(2, 2)).toBe(0.5);
    expect(strengthInterval.low[0]).toBeLessThan(strength[0] as number);
    expect(discriminationInterval).toBeNull();
  });

  it("does not change with the order of comparisons; renumbered items exchange their strengths", () => {
    const { strength } = bradleyTerry(comparisonsOf(games));
    const renumbered = bradleyTerry(comparisonsOf([...games].reverse().map(([a, b, v]) => [3 - a, 3 - b, v] as const)));
    expect([...renumbered.strength].reverse()).toEqual(close([...strength]));
  });

  it("refuses an item compared with itself, indices outside the range, and too many items", () => {
    expect(() => bradleyTerry(comparisonsOf([[1, 1, 0]]))).toThrow("one item twice");
    expect(() => bradleyTerry(comparisonsOf([[1, 4, 0]]))).toThrow("outside its range");
    expect(() => bradleyTerry(comparisonsOf(games, 5000))).toThrow("Choose fewer items");
  });
});
