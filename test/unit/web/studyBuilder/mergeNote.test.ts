import { expect, it } from "vitest";
import { mergeNote } from "../../../../apps/web/src/features/studyBuilder/mergeNote.ts";

const ada = { id: "ada", name: "Ada" };

it("names the member who changed the draft, and says whose value stays where both changed one", () => {
  expect(mergeNote(ada, "bob", true)).toBe(
    "Ada changed this draft. The page shows that change and your own. Where both concern the same field, it keeps what you entered here.",
  );
});

it("calls the viewer's own change one from another tab or a program", () => {
  // In single-user mode, the user's name is "You".
  expect(mergeNote({ id: "ada", name: "You" }, "ada", false)).toBe(
    "You changed this draft in another tab or with a program. The page shows the change.",
  );
});

it("names no one for a former member, or while the viewer is unknown", () => {
  expect(mergeNote(null, undefined, false)).toBe("Another user changed this draft. The page shows the change.");
});
