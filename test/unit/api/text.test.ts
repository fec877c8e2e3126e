/** Names and titles that clients send. */
import { checkLine } from "@pareidolia/api/text";
import { expect, it } from "vitest";

const options = { field: "input.name", label: "A name", longest: 20 };

it("a name is trimmed, and empty if nothing in it is visible", () => {
  expect(checkLine("  Fooling images ", options)).toBe("Fooling images");
  expect(checkLine("\u200b \u200d", options)).toBe("");
});

it("a name with a character that reorders or ends the line is refused by its code", () => {
  expect(() => checkLine("invoice\u202efdp", options)).toThrow("A name contains the invisible character U+202E. Remove it.");
  expect(() => checkLine("one\ntwo", options)).toThrow("A name contains the invisible character U+000A. Remove it.");
  expect(() => checkLine("longer than twenty characters", options)).toThrow("A name must not exceed 20 characters.");
});
