import { expect, it } from "vitest";
import { deletionHeading } from "../../../../apps/web/src/features/trash/deletionHeading.ts";

it("says how much is deleted if the list of contents covers only a part of the trash", () => {
  const plain = "This cannot be undone. It permanently deletes:";
  expect(deletionHeading(3, null)).toBe(plain);
  expect(deletionHeading(50, { total: 50, isCapped: false })).toBe(plain);
  expect(deletionHeading(50, { total: 300, isCapped: false })).toBe(
    "This cannot be undone. It permanently deletes all 300 items in the trash. The first 50 contain:",
  );
  expect(deletionHeading(50, { total: 10_000, isCapped: true })).toContain("all 10,000+ items");
});
