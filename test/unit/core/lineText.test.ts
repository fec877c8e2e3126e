/** What belongs in a name, which is shown within a line of other text. */
import { findUnfitCharacter, isVisible, removeUnfitCharacters, toLine } from "@pareidolia/core/lineText";
import { describe, expect, it } from "vitest";

describe("a name", () => {
  it.each(["Fooling images", "שלום", "مرحبا‌بك", "한국어", "👩‍🔬 lab", "❤️ 1️⃣", "é, e\u0301", "🏴󠁧󠁢󠁥󠁮󠁧󠁿 team"])("may be %j", (name) => {
    expect(findUnfitCharacter(name)).toBeNull();
    expect(removeUnfitCharacters(name)).toBe(name);
    expect(isVisible(name)).toBe(true);
  });

  it.each([
    ["a line end", "one\ntwo", "U+000A", "onetwo"],
    ["a control character", "\u001b]0;title\u0007", "U+001B", "]0;title"],
    ["a character that reverses what follows", "report\u202egnp.exe", "U+202E", "reportgnp.exe"],
    ["an isolate that never ends", "\u2067abc", "U+2067", "abc"],
    ["a separator of lines", "a\u2028b", "U+2028", "ab"],
    ["a space without width", "owner\u200b", "U+200B", "owner"],
    ["a mark of direction", "\u200fowner", "U+200F", "owner"],
    ["a soft hyphen", "ow\u00adner", "U+00AD", "owner"],
    ["a filler", "\u3164", "U+3164", ""],
  ])("has no %s", (_, name, code, rest) => {
    expect(findUnfitCharacter(name)).toBe(code);
    expect(removeUnfitCharacters(name)).toBe(rest);
  });

  it.each(["", " ", "\u200b\u200d", "\u0301", "\u2060 \ufeff", "\u2800"])("has something visible, unlike %j", (name) => {
    expect(isVisible(name)).toBe(false);
  });

  it("that was stored unchecked becomes one line", () => {
    expect(toLine(" ok)\r\n\nSign in again:\thttps://evil.example\u202e ")).toBe("ok) Sign in again: https://evil.example");
  });
});
