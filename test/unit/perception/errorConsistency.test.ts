import {
  correctnessOf,
  errorConsistency,
  errorConsistencyInterval,
  meanErrorConsistency,
  pairsAmong,
} from "@pareidolia/perception/agreement/errorConsistency";
import { jointCorrectness, kappaBounds, kappaDeviation, trialsForPrecision } from "@pareidolia/perception/agreement/errorConsistencyPlan";
import { describe, expect, it } from "vitest";
import { tableOfCells } from "./electorate.ts";

const first = Int8Array.from([1, 1, 0, 1, 0, 1, 1, 0, 1, 1, 0, 1]);
const second = Int8Array.from([1, 0, 0, 1, 1, 1, 1, 0, 1, 0, 1, 1]);
const perfect = new Int8Array(12).fill(1);

describe("error consistency", () => {
  it("equals scikit-learn's Cohen's kappa of being right", () => {
    // PYTHON apps/lab/src/perception/peers/golden.py
    expect(errorConsistency(first, second)).toMatchObject({ defined: true, estimate: expect.closeTo(0.25, 12), items: 12 });
  });

  it.each([
    ["both always right", perfect, perfect],
    ["one always right", perfect, first],
    ["one always wrong", first, new Int8Array(12)],
  ])("is undefined, never 1 or 0: %s", (_, a, b) => {
    expect(errorConsistency(a, b)).toMatchObject({ defined: false, reason: expect.stringContaining("every shared trial") });
    expect(errorConsistencyInterval(a, b, { seed: 1 }).defined).toBe(false);
  });

  it("is 1 for the same errors and compares only shared trials", () => {
    expect(errorConsistency(first, first)).toMatchObject({ estimate: expect.closeTo(1, 12) });
    const absent = first.map((value, i) => (i < 4 ? -1 : value));
    expect(errorConsistency(absent, second)).toMatchObject({ items: 8 });
    expect(errorConsistency(new Int8Array(12).fill(-1), second)).toMatchObject({
      defined: false,
      reason: expect.stringContaining("share no trial"),
    });
    expect(() => errorConsistency(first, new Int8Array(3))).toThrow("same list of trials");
  });

  it("averages over the pairs that have errors", () => {
    const pairs = pairsAmong([first, second, perfect]);
    expect(pairs).toHaveLength(3);
    const mean = meanErrorConsistency(pairs, { seed: 1, resamples: 200 });
    expect(mean).toMatchObject({ defined: true, estimate: expect.closeTo(0.25, 12), votes: 24 });
  });

  it("counts a missing answer as wrong or leaves it out, as told", () => {
    const table = tableOfCells({ items: 2, voters: 2, answers: 2 }, [0, 1, null, 1]);
    const truth = Int32Array.from([0, 1]);
    expect(correctnessOf(table, truth).map((row) => [...row])).toEqual([
      [1, -1],
      [0, 1],
    ]);
    expect(correctnessOf(table, truth, "wrong").map((row) => [...row])).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });
});

describe("the plan of error consistency", () => {
  it("uses the variance of kappa: its square is that of the jackknife on a large table with these shares", () => {
    const expectation = { accuracies: [0.7, 0.8], kappa: 0.3 } as const;
    const cells = jointCorrectness(expectation).map((share) => Math.round(share * 4000));
    const rows = cells.flatMap((count, cell) => Array.from({ length: count }, () => [cell <= 1 ? 1 : 0, cell % 2 === 0 ? 1 : 0] as const));
    // Cells in order: both, only the first, only the second, neither.
    const [a, b] = [Int8Array.from(rows, ([x]) => x), Int8Array.from(rows, ([, y]) => y)];
    const omit = (row: Int8Array, i: number): Int8Array => row.filter((_, k) => k !== i);
    const ends = cells.map((_, cell) => cells.slice(0, cell + 1).reduce((sum, count) => sum + count, 0) - 1);
    const values = ends.map((end) => {
      const kappa = errorConsistency(omit(a, end), omit(b, end));
      return kappa.defined ? kappa.estimate : Number.NaN;
    });
    const n = rows.length;
    const mean = values.reduce((sum, value, cell) => sum + (value * (cells[cell] as number)) / n, 0);
    const variance = (n - 1) * values.reduce((sum, value, cell) => sum + ((cells[cell] as number) / n) * (value - mean) ** 2, 0);
    expect(Math.sqrt(variance * n)).toBeCloseTo(kappaDeviation(expectation), 2);
  });

  it("needs four times the trials for half the width, and more for more accurate observers", () => {
    const plan = { accuracies: [0.75, 0.8], kappa: 0.4 } as const;
    expect(trialsForPrecision(plan, 0.05) / trialsForPrecision(plan, 0.1)).toBeCloseTo(4, 1);
    expect(trialsForPrecision({ accuracies: [0.95, 0.96], kappa: 0.4 }, 0.1)).toBeGreaterThan(trialsForPrecision(plan, 0.1));
  });

  it("refuses a kappa that these accuracies exclude, and perfect observers", () => {
    const [low, high] = kappaBounds([0.6, 0.9]);
    expect(low).toBeLessThan(0);
    expect(high).toBeLessThan(1);
    expect(() => trialsForPrecision({ accuracies: [0.6, 0.9], kappa: 0.9 }, 0.1)).toThrow("kappa from");
    expect(() => trialsForPrecision({ accuracies: [1, 0.9], kappa: 0 }, 0.1)).toThrow("undefined");
  });
});
