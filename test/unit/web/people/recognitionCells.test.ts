/** What people say about runs as columns of files: the figure of the page, with its interval and of which kind it is. */
import { readFileSync } from "node:fs";
import { buildSchema, parse, validate } from "graphql";
import { expect, it } from "vitest";
import { recognitionCells, recognitionColumns } from "../../../../apps/web/src/features/people/recognitionCells.ts";
import { runsQuery } from "../../../../apps/web/src/features/runsTable/queryTexts.ts";

type Recognition = NonNullable<Parameters<typeof recognitionCells>[0]>;
const asked: Recognition = {
  askedCount: 12,
  imageCount: 12,
  voteCount: 300,
  correctedImageCount: 10,
  correctedVoteCount: 240,
  meanShare: 0.25,
  low: 0.1,
  high: 0.4,
  intervalFor: "VOTERS_AND_IMAGES",
  intervalReason: null,
  withheld: null,
};
const rowOf = (recognition: Recognition | null) =>
  Object.fromEntries(recognitionCells(recognition).map((cell, column) => [recognitionColumns[column], cell]));

it("are the share beyond guessing, its interval, over what it generalises, and what it is of", () => {
  expect(rowOf(asked)).toEqual({
    "people recognise": 0.25,
    "people low": 0.1,
    "people high": 0.4,
    "people interval for": "other voters and other images",
    "people no interval because": null,
    "people images": 10,
    "people votes": 240,
  });
});

it("say why there is no interval, and why figures are withheld", () => {
  const none = { meanShare: null, low: null, high: null, intervalFor: null };
  expect(rowOf({ ...asked, ...none, intervalReason: "Too few." })["people no interval because"]).toBe("Too few.");
  const withheld = { message: "You are voting." } as const;
  expect(rowOf({ ...asked, ...none, withheld })["people no interval because"]).toBe("You are voting.");
  for (const empty of [null, { ...asked, askedCount: 0 }]) expect(new Set(recognitionCells(empty))).toEqual(new Set([null]));
});

it("are in the query of the table where the table shows them", () => {
  const schema = buildSchema(readFileSync(new URL("../../../../apps/api/schema.graphql", import.meta.url), "utf8"));
  const list = { search: "", experimentId: null, sort: { column: "median", direction: "DESC" }, columns: ["median"] };
  const [without, shown] = [false, true].map((people) => runsQuery({ ...list, people }));
  expect(without).not.toContain("meanShare");
  expect(shown).toContain("meanShare low high intervalFor");
  expect(validate(schema, parse(shown as string))).toEqual([]);
});
