/** Labels of charts are broken into at most two lines, and cut if they are longer. */
import { expect, it } from "vitest";
import { clipLabel, labelLines } from "../../../../apps/web/src/features/charts/labelLines.ts";

const goal = "confidence in any class but American Staffordshire terrier";

it.each([
  [900, [goal]],
  [358, ["confidence in any class but American Staffordshire", "terrier"]],
  [150, ["confidence in any", "class but American S…"]],
])("a label of a chart that is %i pixels wide has the lines %j", (width, lines) => {
  expect(labelLines(goal, width)).toEqual(lines);
});

it("a short label is not cut", () => {
  expect(clipLabel("0.05, 20", 120)).toBe("0.05, 20");
  expect(clipLabel("a label longer than its column", 80)).toBe("a label l…");
});
