/** How tags are written, whatever members type. */
import { readTag, readTags } from "@pareidolia/api/tracking/texts";
import { describe, expect, it } from "vitest";

describe("a tag", () => {
  it.each([
    ["Paper", "paper"],
    ["  figure   4 ", "figure 4"],
    ["ÄÖ_ü-1.2/x#3:+", "äö_ü-1.2/x#3:+"],
    ["e\u0301tude", "\u00e9tude"],
    ["論文", "論文"],
    ["x".repeat(40), "x".repeat(40)],
  ])("%j is stored as %j", (text, stored) => {
    expect(readTag(text, "field")).toBe(stored);
  });

  it.each(["", "   ", "x".repeat(41), "a,b", "a\u0000b", "a\u202eb", "<b>", '"', "\ud800"])("%j is refused", (text) => {
    expect(() => readTag(text, "field")).toThrow(expect.objectContaining({ code: "INVALID_INPUT", field: "field" }));
  });

  it("counts once in a list", () => {
    expect(readTags(["A", "a ", "b"], "field")).toEqual(["a", "b"]);
    expect(readTags(null, "field")).toEqual([]);
  });
});
