/** The confidence axis of charts. */

import { describe, expect, it } from "vitest";
import { confidenceAxis } from "../../../../apps/web/src/features/charts/confidenceAxis.ts";

const plot = { top: 10, bottom: 210 };

describe("the confidence axis", () => {
  it.each([
    ["at four nines if no value is higher", [0.2, 0.9999], 0.9999],
    ["at the first nine above all values", [0.2, 0.99992], 0.99999],
    ["at six nines", [0.9999985, 0.9999995], 0.9999999],
    ["at seven nines, even for higher values", [1], 0.9999999],
    ["at four nines without values", [], 0.9999],
  ])("ends %s", (_, values, end) => {
    const { ticks, y } = confidenceAxis(values, plot);
    expect(ticks.at(-1)).toBe(end);
    expect(y(end)).toBeCloseTo(plot.top);
    expect(y(0)).toBe(plot.bottom);
    for (const value of values) expect(y(value)).toBeGreaterThanOrEqual(plot.top);
  });

  it("extends at least to the end that a chart requests", () => {
    expect(confidenceAxis([0.5], plot, 0.999999).ticks.at(-1)).toBe(0.999999);
  });

  it("distinguishes values above .9999", () => {
    const { y } = confidenceAxis([0.99999, 0.99992], plot);
    expect(y(0.99992) - y(0.99999)).toBeGreaterThan(10);
  });

  it("returns the share covered by the ramp", () => {
    const { rampShare, y } = confidenceAxis([0.99999], plot);
    expect(y(0.9999)).toBeCloseTo(plot.bottom - rampShare * (plot.bottom - plot.top));
  });
});
