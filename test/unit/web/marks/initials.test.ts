import { expect, it } from "vitest";
import { initialsOf } from "../../../../apps/web/src/features/marks/initials.ts";

it.each([
  ["owner", "ow"],
  ["researcher-2", "r2"],
  ["Ada Lovelace", "al"],
  ["Zoë", "zo"],
  ["李 明", "李明"],
  ["-", ""],
])("the initials of %s are %s", (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
