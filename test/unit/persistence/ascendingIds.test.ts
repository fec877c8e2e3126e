import { ascendingIds } from "@pareidolia/persistence/server/database/ascendingIds";
import { expect, it } from "vitest";

it("IDs of rows that are created together ascend, and differ", () => {
  const ids = ascendingIds(50);
  expect(new Set(ids).size).toBe(50);
  expect(ids).toEqual([...ids].sort());
});
