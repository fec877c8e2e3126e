import { describe, expect, it } from "vitest";
import { goalConfidence, successSteps } from "../../../../apps/web/src/features/perturbation/chartPoints.ts";

describe("confidence in the goal of an attack", () => {
  it("is the confidence in all classes but the original one without a target, before and after the label flips", () => {
    expect(goalConfidence({ storedTargetConfidence: null, storedOriginalConfidence: 0.75 })).toBe(0.25);
    // The new top class alone has less, so the curve would dip where the label flips.
    expect(goalConfidence({ storedTargetConfidence: null, storedOriginalConfidence: 0.25 })).toBe(0.75);
  });

  it("is the confidence in the target if there is one, whatever the label", () => {
    expect(goalConfidence({ storedTargetConfidence: 0.125, storedOriginalConfidence: 0.25 })).toBe(0.125);
    expect(goalConfidence({ storedTargetConfidence: 0, storedOriginalConfidence: 0.25 })).toBe(0);
  });
});

describe("success as a function of the length of the change", () => {
  it("is one step for one result, at the length of its change", () => {
    expect(successSteps([{ success: true, l2: 146.9 }])).toEqual([{ length: 146.9, share: 1 }]);
  });

  it("rises by each result's share, in one step for equal lengths, and stays below 1 if some fail", () => {
    const rows = [
      { success: true, l2: 30 },
      { success: false, l2: 5 },
      { success: true, l2: 10 },
      { success: true, l2: 30 },
    ];
    expect(successSteps(rows)).toEqual([
      { length: 10, share: 0.25 },
      { length: 30, share: 0.75 },
    ]);
  });

  it("has no step if nothing succeeds, and a step at 0 for an image that was already misclassified", () => {
    expect(successSteps([{ success: false, l2: 80 }])).toEqual([]);
    expect(successSteps([{ success: true, l2: 0 }])).toEqual([{ length: 0, share: 1 }]);
  });
});
