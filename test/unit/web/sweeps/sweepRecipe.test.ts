/** A sweep's recipe: what its runs share, and the request that starts it again. */
import { describe, expect, it } from "vitest";
import type { SweepOnPage } from "../../../../apps/web/src/features/sweeps/sweepOnPage.ts";
import { commonRows, inputOfSweep, ruleRows } from "../../../../apps/web/src/features/sweeps/sweepRecipe.ts";

const sweep = {
  kind: "evolution",
  experiment: { key: "EXP-3" },
  sampler: "GRID",
  seeds: [5, 6],
  base: {
    modelId: "TW9kZWw6MQ",
    encoding: "direct",
    preset: "paper",
    generations: 1500,
    offspring: 8,
    framing: null,
    parameters: { mutationRate: 0.2, insertion: "all" },
  },
  axes: [
    { path: "parameters.mutationRate", label: "Mutation rate", values: [0.05, 0.2], valueLabels: ["0.05", "0.2"], scale: null },
    { path: "offspring", label: "Offspring", values: [8, 12], valueLabels: ["8", "12"], scale: null },
  ],
  earlyStopping: { plateauGenerations: null, plateauDelta: null, medianAfter: null, halving: { minimum: 20, eta: 3, unit: "generations" } },
} as unknown as SweepOnPage;

describe("the recipe of a sweep", () => {
  it("says that the rules between two checkpoints use the search's median", () => {
    const earlyStopping = { plateauGenerations: 40, plateauDelta: 0.5, medianAfter: 7, halving: null };
    const rows = new Map(ruleRows({ ...sweep, earlyStopping } as SweepOnPage).map(({ name, value }) => [name, value]));
    expect(rows.get("Plateau")).toBe("after 40 generations in which the search’s median did not improve by 0.5 nines");
    expect(rows.get("Median rule")).toBe("below the search’s median of the ended runs, from generation 7");
  });

  it("has what all runs share, without the axes and without IDs", () => {
    expect(commonRows(sweep).map(({ name, value }) => [name, value])).toEqual([
      ["Encoding", "direct"],
      ["Preset", "paper"],
      ["Generations", "1,500"],
      ["Insertion", "all"],
    ]);
  });

  it("is a request with the same axes, seeds and rules", () => {
    expect(inputOfSweep(sweep)).toEqual({
      input: {
        run: { evolution: { ...(sweep.base as object), experimentId: "EXP-3", seed: 5 } },
        axes: [
          { path: "parameters.mutationRate", values: [0.05, 0.2] },
          { path: "offspring", values: [8, 12] },
        ],
        seeds: [5, 6],
        earlyStopping: { halving: { minimum: 20, eta: 3 } },
      },
    });
  });
});
