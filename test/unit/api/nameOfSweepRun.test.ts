/** The names of a sweep's runs. */
import { describe, expect, it } from "vitest";
import { nameOfSweepRun } from "../../../apps/api/src/sweep/nameOfSweepRun.ts";

const rate = { path: "parameters.mutationRate", label: "Mutation rate", value: "0.1" };

describe("the name of a sweep's run", () => {
  it("has the values of its point and its seed", () => {
    const bound = { path: "parameters.bound", label: "L2 bound", value: "8" };
    const offspring = { path: "offspring", label: "Offspring", value: "12" };
    expect(nameOfSweepRun([rate, offspring, bound], 3)).toBe("Mutation rate 0.1, offspring 12, L2 bound 8, seed 3");
  });

  it("names a model, an image or a method without its axis", () => {
    const model = { path: "modelId", label: "Model", value: "LeNet (MNIST)" };
    expect(nameOfSweepRun([model, rate], 7)).toBe("LeNet (MNIST), mutation rate 0.1, seed 7");
  });

  it("shortens a long point, never the seed", () => {
    const classes = { path: "classes", label: "Classes", value: Array.from({ length: 80 }, (_, i) => i).join(" ") };
    const name = nameOfSweepRun([classes], 2147483647);
    expect(name).toHaveLength(120);
    expect(name).toMatch(/^Classes 0 1 2 .*…, seed 2147483647$/);
  });
});
