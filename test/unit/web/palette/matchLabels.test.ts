import { expect, it } from "vitest";
import { matchLabels } from "../../../../apps/web/src/features/palette/matchLabels.ts";

const models = [{ labels: ["sea lion", "lion", "zebra"] }, { labels: ["lion", "tabby"] }];

it("the search finds each label that contains the text once, starting with those that begin with it", () => {
  expect(matchLabels(" LION ", models)).toEqual(["lion", "sea lion"]);
});

it("the search matches nothing without text", () => {
  expect(matchLabels("  ", models)).toEqual([]);
});
