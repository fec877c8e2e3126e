import { expect, it } from "vitest";
import { matchLabels } from "../../../../apps/web/src/features/palette/matchLabels.ts";

const models = [{ labels: ["sea lion", "lion", "zebra"] }, { labels: ["lion", "tabby"] }];

it("finds labels that contain the word, those that begin with it first, each once", () => {
  expect(matchLabels(" LION ", models)).toEqual({ niches: [0, 1], labels: ["lion", "sea lion"] });
});

it("matches nothing with nothing", () => {
  expect(matchLabels("  ", models)).toEqual({ niches: [], labels: [] });
});
