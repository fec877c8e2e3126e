/** Two users change one draft: both changes are kept, and the local one wins where they overlap. */
import { expect, it } from "vitest";
import { isSame, mergeDocuments } from "../../../../apps/web/src/features/studyBuilder/mergeDocuments.ts";

const base = { title: "A", draft: { noise: 0, languages: ["en"], texts: { en: "Hello" }, rule: { kind: "fixed", values: { votes: 20 } } } };

it("keeps changes of different fields from both sides", () => {
  const mine = { ...base, draft: { ...base.draft, noise: 4 } };
  const theirs = { ...base, title: "B", draft: { ...base.draft, languages: ["en", "de"] } };
  expect(mergeDocuments(base, mine, theirs)).toEqual({ title: "B", draft: { ...base.draft, noise: 4, languages: ["en", "de"] } });
});

it("prefers the local change of a value that both changed", () => {
  expect(mergeDocuments(base, { ...base, title: "mine" }, { ...base, title: "theirs" }).title).toBe("mine");
});

it("merges texts of different languages, and removes what one side removed", () => {
  const both = { texts: { en: "Hello", de: "Hallo" } };
  const mine = { texts: { en: "Hello" } };
  const theirs = { texts: { en: "Good morning", de: "Hallo" } };
  expect(mergeDocuments<object>(both, mine, theirs)).toEqual({ texts: { en: "Good morning" } });
});

it("never mixes two kinds of a rule", () => {
  const mine = { ...base, draft: { ...base.draft, rule: { kind: "fixed", values: { votes: 30 } } } };
  const theirs = { ...base, draft: { ...base.draft, rule: { kind: "width", values: { width: 0.2 } } } };
  expect(mergeDocuments<object>(base, mine, theirs)).toEqual(mine);
});

it("takes the other side's document if nothing changed here", () => {
  const theirs = { ...base, title: "B" };
  expect(mergeDocuments(base, base, theirs)).toEqual(theirs);
});

it("compares documents regardless of the order of their fields", () => {
  expect(isSame({ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 })).toBe(true);
  expect(isSame({ a: 1 }, { a: 1, b: undefined })).toBe(false);
  expect(isSame([1, 2], [2, 1])).toBe(false);
});
