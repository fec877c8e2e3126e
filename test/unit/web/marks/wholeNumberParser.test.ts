/** Whole numbers in URLs: valid ones, and the error for all others. */
import { describe, expect, it } from "vitest";
import { archiveRules } from "../../../../apps/web/src/features/archiveCanvas/archiveState.ts";
import { positionParser } from "../../../../apps/web/src/features/gallery/galleryState.ts";
import { wholeNumberOf } from "../../../../apps/web/src/features/marks/addressProblems.ts";
import { parseAsWholeNumber } from "../../../../apps/web/src/features/marks/wholeNumberParser.ts";

const strange = ["12abc", "-3", "1.5", "1e3", " 4", "+4", "", "1234567890123456"];

describe("a whole number in a URL", () => {
  it.each(["0", "7", "123456789012345"])("may be %s", (text) => {
    expect(parseAsWholeNumber.parse(text)).toBe(Number(text));
    expect(wholeNumberOf("gen", "").accepts(text)).toBe(true);
  });

  it.each(strange)("may not be “%s”, which is reported", (text) => {
    expect(parseAsWholeNumber.parse(text)).toBeNull();
    expect(wholeNumberOf("gen", "").accepts(text)).toBe(false);
  });

  it.each(strange)("may not be “%s” for a place in the gallery or a class", (text) => {
    expect(positionParser.parse(text)).toBeNull();
    const rule = archiveRules(1000).find(({ name }) => name === "class");
    expect(rule?.accepts(text)).toBe(false);
  });
});
