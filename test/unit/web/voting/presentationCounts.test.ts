/** How often a voter saw each image, over reloads of the page. */
import { describe, expect, it } from "vitest";
import { countPresentation } from "../../../../apps/web/src/features/voting/presentationCounts.ts";

function storage(): Pick<Storage, "getItem" | "setItem"> {
  const stored = new Map<string, string>();
  return { getItem: (key) => stored.get(key) ?? null, setItem: (key, value) => void stored.set(key, value) };
}

describe("presentations", () => {
  it("are counted for each trial of each voter", () => {
    const own = storage();
    expect([0, 0, 1, 0].map((trial) => countPresentation(own, "STU-1 V-01", trial, 1))).toEqual([1, 2, 1, 3]);
    expect(countPresentation(own, "STU-1 V-01", 0, 0)).toBe(3);
    expect(countPresentation(own, "STU-1 V-02", 0, 1)).toBe(1);
  });

  it("are counted from 1 without storage, and after it was damaged", () => {
    expect(countPresentation(null, "STU-1 V-01", 0, 1)).toBe(1);
    for (const damaged of ["{", "null", '{"0":"x"}'])
      expect(countPresentation({ getItem: () => damaged, setItem: () => {} }, "STU-1 V-01", 0, 1)).toBe(1);
  });

  it("are counted on a device whose storage is full", () => {
    const full = {
      getItem: () => null,
      setItem: () => {
        throw new Error("full");
      },
    };
    expect(countPresentation(full, "STU-1 V-01", 0, 1)).toBe(1);
  });
});
