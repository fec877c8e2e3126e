/** The random search: what it draws, and how its configurations are ranked. */

import { GradientAscent } from "@pareidolia/ascent/gradientAscent";
import { drawConfiguration, fewestConfigurations, mostConfigurations, searchSpace } from "@pareidolia/ascent/hyperparameterSearch";
import { type ConfigurationStanding, rankConfigurations } from "@pareidolia/ascent/rankConfigurations";
import { getAscent } from "@pareidolia/ascent/registry";
import { type Parameters, resolveParameters } from "@pareidolia/core/parameterSpec";
import { describe, expect, it } from "vitest";
import { classes, shape } from "../../support/ascentCases.ts";

const { parameters: specs } = getAscent("gradient-ascent");
const adam = resolveParameters(specs, { updateRule: "adam", decay: 0.05, iterations: 77 });
const allNames = searchSpace.map(({ name }) => name);

function drawn(seed: number, index: number, names: readonly string[] = allNames): Parameters {
  return drawConfiguration({ space: searchSpace, seed, index, names, parameters: adam });
}

describe("the random search", () => {
  it("draws the same configuration for a seed and number, and others for others", () => {
    expect(drawn(3, 8)).toEqual(drawn(3, 8));
    const different = new Set(Array.from({ length: 50 }, (_, index) => JSON.stringify(drawn(3, index))));
    expect(different.size).toBeGreaterThan(45);
    expect(drawn(4, 8)).not.toEqual(drawn(3, 8));
  });

  it("covers the paper's space as its weights say, with settings that an ascent takes", () => {
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

  it("keeps every other value as given, and draws the same of one parameter whichever others are drawn", () => {
    for (let index = 0; index < 40; index++) {
      const all = drawn(9, index);
      const some = drawn(9, index, ["blurSigma", "smallNormPercentile"]);
      expect(some).toEqual({ ...adam, blurSigma: all["blurSigma"], smallNormPercentile: all["smallNormPercentile"] });
      expect(Object.keys(all)).toEqual(Object.keys(adam));
      expect(all["updateRule"]).toBe("adam");
    }
  });

  it("names parameters of the ascent with values within their ranges, each value once", () => {
    for (const { name, choices } of searchSpace) {
      expect(
        specs.some((spec) => spec.name === name),
        name,
      ).toBe(true);
      for (const { value } of choices) expect(() => resolveParameters(specs, { [name]: value })).not.toThrow();
      expect(new Set(choices.map(({ value }) => value)).size).toBe(choices.length);
      expect(choices.every(({ weight }) => Number.isInteger(weight) && weight > 0)).toBe(true);
    }
    expect([fewestConfigurations, mostConfigurations]).toEqual([2, 299]);
  });
});

const standing = (index: number, change: Partial<ConfigurationStanding> = {}): ConfigurationStanding => ({
  index,
  stored: 4,
  foolingCount: 1,
  median: 0.5,
  medianFoolingStep: 100,
  ...change,
});

describe("the rank of a configuration", () => {
  const orderOf = (standings: readonly ConfigurationStanding[]) =>
    [...rankConfigurations(standings)].sort((a, b) => a.rank - b.rank).map(({ index }) => index);

  it("goes by trajectories at .9999, then the median, then fewer steps, then the index", () => {
    const most = standing(5, { foolingCount: 3, median: 0.1, medianFoolingStep: 900 });
    const surest = standing(4, { median: 0.9, medianFoolingStep: 900 });
    const quickest = standing(3, { medianFoolingStep: 20 });
    expect(orderOf([standing(1), standing(0), quickest, surest, most])).toEqual([5, 4, 3, 0, 1]);
  });

  it("puts one that never reached .9999 behind one that did, and one with nothing stored last", () => {
    const none = { foolingCount: 0, medianFoolingStep: null };
    const nothing = standing(0, { ...none, stored: 0, median: null });
    const zero = standing(2, { ...none, median: 0 });
    expect(orderOf([nothing, zero, standing(1, { ...none, stored: 0, median: null }), standing(3, { median: 0 })])).toEqual([3, 2, 0, 1]);
  });

  it("counts from 1 without gaps, and leaves the order that it was given", () => {
    const ranked = rankConfigurations([standing(2), standing(0, { foolingCount: 0 }), standing(1)]);
    expect(ranked.map(({ index, rank }) => [index, rank])).toEqual([
      [2, 2],
      [0, 3],
      [1, 1],
    ]);
    expect(rankConfigurations([])).toEqual([]);
  });
});
