/** Chips add conditions to a search and remove them, and keep the rest of it. */
import { hasCondition, toggleCondition } from "@pareidolia/search/toggleCondition";
import { expect, it } from "vitest";

it.each([
  ["", "kind = ascent"],
  ["class = penguin", "class = penguin AND kind = ascent"],
  ["a OR b", "(a OR b) AND kind = ascent"],
  ["class = penguin kind=ascent", "class = penguin"],
  ["kind = ascent", ""],
  ["(a OR b) AND kind = ascent AND NOT c", "(a OR b) AND NOT c"],
  ["NOT kind = ascent", "NOT kind = ascent AND kind = ascent"],
])("%s becomes %s", (search, expected) => {
  const toggled = toggleCondition(search, "kind = ascent");
  expect(toggled).toBe(expected);
  expect(hasCondition(toggled, "kind = ascent")).toBe(!hasCondition(search, "kind = ascent"));
});

it("replaces other conditions of the same choice", () => {
  expect(toggleCondition("x kind = evolution", "kind = ascent", ["kind = evolution", "kind = ascent"])).toBe("x AND kind = ascent");
});

it("keeps a search with a mistake", () => {
  expect(toggleCondition("kind =", "kind = ascent")).toBe("kind =");
});
