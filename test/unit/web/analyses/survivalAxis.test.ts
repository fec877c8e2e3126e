/** The vertical axis of a survival chart. */
import { describe, expect, it } from "vitest";
import { survivalAxis } from "../../../../apps/web/src/features/analyses/survivalAxis.ts";
import { ninesScale } from "../../../../apps/web/src/features/marks/confidence.ts";

describe("the axis of a survival chart", () => {
  it.each([[[0.9999, 0.4, 0.01]], [[0]], [[]]])("of %j is the nines scale", (confidences) => {
    const axis = survivalAxis(confidences);
    expect(axis.ticks.map(axis.format)).toEqual(["0", ".9", "", "", ".9999"]);
    for (const confidence of confidences) expect(axis.share(confidence)).toBe(ninesScale(confidence));
  });

  it.each([
    [
      [0.00012, 0.00003],
      ["0", "1e-4", "2e-4"],
    ],
    [
      [0.0001, 0.00005],
      ["0", "5e-5", "1e-4"],
    ],
    [[0.000007], ["0", "5e-6", "1e-5"]],
    [
      [0.0042, 0.001],
      ["0", ".002", ".004", ".006"],
    ],
    [
      [0.28, 0.1],
      ["0", ".2", ".4"],
    ],
  ])("of weak confidences %j has labels that differ, and spreads them", (confidences, labels) => {
    const axis = survivalAxis(confidences);
    expect(axis.ticks.map(axis.format)).toEqual(labels);
    const top = axis.share(Math.max(...confidences));
    expect(top).toBeGreaterThan(0.5);
    expect(top).toBeLessThanOrEqual(1);
  });
});
