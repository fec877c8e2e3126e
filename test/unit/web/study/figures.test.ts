/** Figures as text: never without interval and number of cases. */
import { expect, it } from "vitest";
import { describeFigure, formatCoefficient } from "../../../../apps/web/src/features/study/figures.ts";

it("gives a share with its interval and n", () => {
  expect(describeFigure({ defined: true, estimate: 0.432, low: 0.401, high: 0.463, n: 2858 })).toBe("43.2% (40.1% – 46.3%, n = 2,858)");
});

it("gives the reason of an undefined figure", () => {
  expect(describeFigure({ defined: false, reason: "There are no votes yet." })).toBe("There are no votes yet.");
});

it("writes coefficients without the leading zero, and no negative zero", () => {
  expect([0.31, -0.02, -0.001, 1].map(formatCoefficient)).toEqual([".31", "−.02", ".00", "1.00"]);
});
