import { expect, it } from "vitest";
import { proposedSize } from "../../../../apps/web/src/features/runOrigin/proposedSize.ts";

it("a fork proposes the planned generations, and twice as many at the last", () => {
  expect(proposedSize(100, 40, 10_000)).toBe(100);
  expect(proposedSize(100, 100, 10_000)).toBe(200);
  expect(proposedSize(100, 100, 150)).toBe(150);
});
