import { describe, expect, it } from "vitest";
import { goalConfidence, successSteps } from "../../../../apps/web/src/features/perturbation/chartPoints.ts";

describe("confidence in what was wished for", () => {
  it("is that in any class but the original's where there is no target, before the label flips and after it", () => {
    expect(goalConfidence({ storedTargetConfidence: null, storedOriginalConfidence: 0.75 })).toBe(0.25);
    // The new top class alone would have less, and the curve a dent where the label flips.
    expect(goalConfidence({ storedTargetConfidence: null, storedOriginalConfidence: 0.25 })).toBe(0.75);
  });

  it("is the target's where there is one, whatever the label", () => {
    expect(goalConfidence({ storedTargetConfidence: 0.125, storedOriginalConfidence: 0.25 })).toBe(0.125);
    expect(goalConfidence({ storedTargetConfidence: 0, storedOriginalConfidence: 0.25 })).toBe(0);
  });
});

describe("success along the length of the change", () => {
  it("is one step for one result, at the length that was found", () => {
    expect(successSteps([{ success: true, l2: 146.9 }])).toEqual([{ length: 146.9, share: 1 }]);
  });

  it("rises by each result's share, at equal lengths together, and stays below 1 where some fail", () => {
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

  it("has no step where nothing succeeds, and one at 0 where the image was taken for another class already", () => {
    expect(successSteps([{ success: false, l2: 80 }])).toEqual([]);
    expect(successSteps([{ success: true, l2: 0 }])).toEqual([{ length: 0, share: 1 }]);
  });
});
