/** The sentence on a list's order. */
import { expect, it } from "vitest";
import { sortedBy } from "../../../../apps/web/src/features/views/sortedBy.ts";

it("the sentence on a list's order names the pins that come first", () => {
  expect(sortedBy(0)).toBe("Sorted by");
  expect(sortedBy(2)).toBe("Your pins first, then sorted by");
});
