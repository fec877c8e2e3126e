import { expect, it } from "vitest";
import { actions, matchesWords, pages } from "../../../../apps/web/src/features/palette/destinations.ts";

const found = (typed: string) => [...pages, ...actions].filter((each) => matchesWords(typed, each)).map(({ name }) => name);

it("the search finds pages and actions by common words for them", () => {
  expect(found("transfer")).toEqual(["Transfer", "Workspace settings"]);
  expect(found("register")).toEqual(["Register a model"]);
  expect(found("upload network")).toEqual(["Register a model"]);
  expect(found("adversarial photo")).toEqual(["Perturb a photo"]);
  expect(found("Retraining")).toContain("Retraining chains");
});

it("the search matches the start of words, but not the middle", () => {
  expect(found("allery")).toEqual([]);
  expect(found("zebra")).toEqual([]);
});
