import { checkSearch } from "@pareidolia/search/checkSearch";
import { runFields } from "@pareidolia/search/fields/runFields";
import { expect, it } from "vitest";
import { filterElites, searchForPlaces } from "../../../../apps/web/src/features/palette/paletteSearch.ts";

it.each(["digit 3 adam", "Digit 3, Adam", "not (this) = or", 'say "3"', "a\\b", "x ".repeat(60)])(
  "%j is a valid search for its words, whatever characters they have",
  (text) => {
    const { value, problem } = checkSearch(searchForPlaces(text) ?? "", { registry: runFields, now: 0 });
    expect(problem).toBeUndefined();
    const words = text.split(/\s+/).filter(Boolean).slice(0, 40);
    expect(JSON.stringify(value)).toContain(JSON.stringify(words[0]));
    expect(JSON.stringify(value).match(/"kind":"text"/g)).toHaveLength(words.length);
  },
);

it("no text is no search", () => {
  expect([searchForPlaces(" "), filterElites("", () => false)]).toEqual([null, {}]);
});

it("a word that names an encoding is a condition on it, unless a label contains the whole text", () => {
  const labels = ["3", "direct current", "tiger shark"];
  const filter = (text: string) => filterElites(text, (part) => labels.some((label) => label.includes(part)));
  expect(filter("3 cppn")).toEqual({ encoding: ["cppn"], labelContains: "3" });
  expect(filter("direct")).toEqual({ labelContains: "direct" });
  expect(filter("CPPN")).toEqual({ encoding: ["cppn"] });
  expect(filter("tiger shark")).toEqual({ labelContains: "tiger shark" });
  expect(filter("direct tiger")).toEqual({ encoding: ["direct"], labelContains: "tiger" });
});
