/** Mentions of members while a comment is written: what is suggested, and which of them notify no one. */
import { expect, it } from "vitest";
import { findTypedMention, findUnknownMentions, suggestNames } from "../../../../apps/web/src/features/tracking/mentions.ts";

const names = ["Ada Lovelace", "Grace Hopper", "Ada", "Émilie du Châtelet"];

it.each([
  ["Hello @gr", { start: 6, name: "gr" }],
  ["@Ada Lo", { start: 0, name: "Ada Lo" }],
  ["(@", { start: 1, name: "" }],
  ["ada@lab.example", null],
  ["no mention", null],
  ["@ada\nnext line", null],
  ["@ ada", null],
  [`@${"a".repeat(41)}`, null],
])("in %j, the mention before the caret is %j", (text, mention) => {
  expect(findTypedMention(text, text.length)).toEqual(mention);
});

it("a mention ends at the caret, not at the end of the text", () => {
  expect(findTypedMention("see @gr and @ad", 7)).toEqual({ start: 4, name: "gr" });
});

it("names that begin with the typed text come first, then those with another word that does", () => {
  expect(suggestNames("ad", names)).toEqual(["Ada Lovelace", "Ada"]);
  expect(suggestNames("h", names)).toEqual(["Grace Hopper"]);
  expect(suggestNames("du", names)).toEqual(["Émilie du Châtelet"]);
  expect(suggestNames("", names)).toEqual(names);
  expect(suggestNames("x", names)).toEqual([]);
});

it.each([
  ["@Ada Lovelace, look", []],
  ["@ada LOVELACE", []],
  ["@Émilie du Châtelet!", []],
  ["@Grace, look", ["Grace"]],
  ["@Adam and @Adam", ["Adam"]],
  ["mail ada@nowhere.example", []],
  ["`@decorator` and\n```\n@override\n```", []],
  ["```\n@unclosed", []],
])("%j mentions %j, who are no members", (text, unknown) => {
  expect(findUnknownMentions(text, names)).toEqual(unknown);
});
