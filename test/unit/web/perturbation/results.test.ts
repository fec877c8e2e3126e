import { expect, it } from "vitest";
import { formatPixels, greyLevels } from "../../../../apps/web/src/features/perturbation/results.ts";

it("a number of grey levels has its unit in the singular only where it is shown as 1", () => {
  const text = (value: number) => `${formatPixels(value)} ${greyLevels(value)}`;
  expect([0.5, 1, 1.001, 1.5, 2, 100].map(text)).toEqual([
    "0.5 grey levels",
    "1 grey level",
    "1 grey level",
    "1.5 grey levels",
    "2 grey levels",
    "100 grey levels",
  ]);
});
