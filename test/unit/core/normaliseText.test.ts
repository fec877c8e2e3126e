import { normaliseText } from "@pareidolia/core/normaliseText";
import { describe, expect, it } from "vitest";

describe("a normalised text", () => {
  it.each([
    ["A Dog!", "a dog"],
    ["  a   dog ", "a dog"],
    ["Käfer", "käfer"],
    ["Ka\u0308fer", "käfer"],
    ["t-shirt", "t shirt"],
    ["«Vogel»", "vogel"],
    ["???", "???"],
    ["1+1", "1+1"],
  ])("of %j is %j", (given, expected) => {
    expect(normaliseText(given)).toBe(expected);
  });

  it("stays as it is when it is normalised again", () => {
    for (const text of ["A Dog!", "İstanbul", "ΣΑΣ", "… —", "a-b", "ﬁsh"]) {
      const once = normaliseText(text);
      expect(normaliseText(once)).toBe(once);
    }
  });
});
