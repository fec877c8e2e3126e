import { expect, it } from "vitest";
import { languagesOf } from "../../../../apps/web/src/server/readerLanguages.ts";

it("lists a reader's languages, the most preferred first", () => {
  expect(languagesOf("de-AT,de;q=0.9,en;q=0.8")).toEqual(["de-AT", "de", "en"]);
  expect(languagesOf("en;q=0.5, de ; q=1, fr;q=0")).toEqual(["de", "en"]);
  expect(languagesOf("")).toEqual([]);
});
