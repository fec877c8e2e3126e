/** The random search's draws and search space. */

import { GradientAscent } from "@pareidolia/ascent/gradientAscent";
import { getAscent } from "@pareidolia/ascent/registry";
import { searchSpace } from "@pareidolia/ascent/searchSpace";
import { type Parameters, resolveParameters } from "@pareidolia/core/parameterSpec";
import { drawConfiguration, fewestConfigurations, maxConfigurations } from "@pareidolia/core/randomSearch";
import { describe, expect, it } from "vitest";
import { classes, shape } from "../../support/ascentCases.ts";

const { parameters: specs } = getAscent("gradient-ascent");
const adam = resolveParameters(specs, { updateRule: "adam", decay: 0.05, iterations: 77 });
const allNames = searchSpace.map(({ name }) => name);

function drawn(seed: number, index: number, names: readonly string[] = allNames): Parameters {
  return drawConfiguration({ space: searchSpace, seed, index, names, parameters: adam });
}

describe("the random search", () => {
  it("draws the same configuration for the same seed and number, and different ones otherwise", () => {
    expect(drawn(3, 8)).toEqual(drawn(3, 8));
    const different = new Set(Array.from({ length: 50 }, (_, index) => JSON.stringify(drawn(3, index))));
    expect(different.size).toBeGreaterThan(45);
    expect(drawn(4, 8)).not.toEqual(drawn(3, 8));
  });

  it("covers the paper's space according to its weights, with valid settings", () => {
    const all = Array.from({ length: 600 }, (_, index) => drawn(1, index));
    for (const { name, choices } of searchSpace) {
      const total = choices.reduce((sum, { weight }) => sum + weight, 0);
      const counts = choices.map(({ value }) => all.filter((one) => one[name] === value).length);
      expect(
        counts.reduce((sum, count) => sum + count),
        name,
      ).toBe(600);
      for (const [i, { weight }] of choices.entries()) {
        const share = weight / total;
        const deviation = Math.sqrt((share * (1 - share)) / 600);
        expect(Math.abs((counts[i] as number) / 600 - share), `${name} ${choices[i]?.value}`).toBeLessThan(4.5 * deviation);
      }
    }
    for (const parameters of all.slice(0, 50))
      expect(() => new GradientAscent({ shape, classes, pairs: [{ classIndex: 1, seed: 5 }], parameters })).not.toThrow();
  });

  it("keeps all other values, and draws each parameter independently of the others", () => {
    for (let index = 0; index < 40; index++) {
      const all = drawn(9, index);
      const some = drawn(9, index, ["blurSigma", "smallNormPercentile"]);
      expect(some).toEqual({ ...adam, blurSigma: all["blurSigma"], smallNormPercentile: all["smallNormPercentile"] });
      expect(Object.keys(all)).toEqual(Object.keys(adam));
      expect(all["updateRule"]).toBe("adam");
    }
  });

  it("contains parameters of the ascent with distinct values within their ranges", () => {
    for (const { name, choices } of searchSpace) {
      expect(
        specs.some((spec) => spec.name === name),
        name,
      ).toBe(true);
      for (const { value } of choices) expect(() => resolveParameters(specs, { [name]: value })).not.toThrow();
      expect(new Set(choices.map(({ value }) => value)).size).toBe(choices.length);
      expect(choices.every(({ weight }) => Number.isInteger(weight) && weight > 0)).toBe(true);
    }
    expect([fewestConfigurations, maxConfigurations]).toEqual([2, 299]);
  });
});
