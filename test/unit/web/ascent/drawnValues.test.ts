/** A configuration's drawn values in words, and parameters that have no effect. */
import { describe, expect, it } from "vitest";
import { drawnSummary, unusedReason } from "../../../../apps/web/src/features/ascent/drawnValues.ts";

const labels = new Map([["sparkle", "Sparkle"]]);
const progress = { updateRule: "progress", blurSigma: 0 };

describe("the description of drawn values", () => {
  it("omits disabled operations", () => {
    const drawn = { decay: 0, iterations: 1500, smallNormPercentile: 0, smallContributionPercentile: 20 };
    expect(drawnSummary(drawn, progress, labels)).toEqual(["contributions 20%", "1,500 iterations"]);
  });

  it("mentions the blur interval only if there is a blur", () => {
    expect(drawnSummary({ blurSigma: 0.4, blurEvery: 2 }, progress, labels)).toEqual(["blur 0.4", "every 2 steps"]);
    expect(drawnSummary({ blurSigma: 1, blurEvery: 1 }, progress, labels)).toEqual(["blur 1", "each step"]);
    expect(drawnSummary({ blurSigma: 0, blurEvery: 2 }, progress, labels)).toEqual([]);
    expect(drawnSummary({ blurEvery: 2 }, { ...progress, blurSigma: 0.3 }, labels)).toEqual(["every 2 steps"]);
  });

  it("mentions the values of a step rule only if that rule is used", () => {
    const drawn = { earlyProgress: 0.03, lateMultiplier: 0.05 };
    expect(drawnSummary(drawn, progress, labels)).toEqual(["progress 0.03", "then 0.05"]);
    expect(drawnSummary(drawn, { updateRule: "adam" }, labels)).toEqual([]);
  });

  it("falls back to the label of an unknown parameter", () => {
    expect(drawnSummary({ sparkle: 3 }, progress, labels)).toEqual(["Sparkle 3"]);
  });
});

describe("a drawn parameter without effect", () => {
  it("has a reason", () => {
    expect(unusedReason("earlyProgress", { updateRule: "adam" }, new Set(["earlyProgress"]))).toBe("the step rule is not progress");
    expect(unusedReason("blurEvery", { blurSigma: 0 }, new Set(["blurEvery"]))).toBe("no blur");
  });

  it("has no reason if its requirement is met or drawn as well", () => {
    expect(unusedReason("earlyProgress", progress, new Set(["earlyProgress"]))).toBeNull();
    expect(unusedReason("blurEvery", { blurSigma: 0 }, new Set(["blurEvery", "blurSigma"]))).toBeNull();
    expect(unusedReason("decay", { decay: 0 }, new Set(["decay"]))).toBeNull();
  });
});
