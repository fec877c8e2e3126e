import { expect, it } from "vitest";
import { actions, matchesWords, pages } from "../../../../apps/web/src/features/palette/destinations.ts";

const found = (typed: string) => [...pages, ...actions].filter((each) => matchesWords(typed, each)).map(({ name }) => name);

it("finds pages and actions by the words people use for them", () => {
  expect(found("transfer")).toEqual(["Transfer"]);
  expect(found("register")).toEqual(["Register a model"]);
  expect(found("upload network")).toEqual(["Register a model"]);
  expect(found("adversarial photo")).toEqual(["Perturb a photo"]);
  expect(found("Retraining")).toContain("Retraining chains");
});

it("matches word beginnings, so that a part of a word inside another finds nothing", () => {
  expect(found("allery")).toEqual([]);
  expect(found("zebra")).toEqual([]);
});
