import { parseTextArray } from "@pareidolia/persistence/server/database/textArrays";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** As PostgreSQL writes an element (its manual, section 8.15.6). */
function write(element: string | null): string {
  if (element === null) return "NULL";
  const isBare = /^[^{},"\\\s]+$/u.test(element) && element.toUpperCase() !== "NULL";
  return isBare ? element : `"${element.replaceAll(/["\\]/gu, "\\$&")}"`;
}

const written = (elements: readonly (string | null)[]): string => `{${elements.map(write).join(",")}}`;

describe("arrays of texts", () => {
  it("are read as they were written", () => {
    const text = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.stringMatching(/^[a-zN"\\{}, \n]*$/u),
      fc.constantFrom("NULL", "null", "", " "),
    );
    fc.assert(
      fc.property(fc.array(fc.option(text)), (elements) => {
        expect(parseTextArray(written(elements))).toEqual(elements);
      }),
    );
  });

  it.each<[string, unknown[]]>([
    [
      "{{a,b},{c,NULL}}",
      [
        ["a", "b"],
        ["c", null],
      ],
    ],
    ["[0:1]={a,b}", ["a", "b"]],
    ['[1:1]={"a, b"}', ["a, b"]],
  ])("of several dimensions or with bounds are read too: %s", (text, elements) => {
    expect(parseTextArray(text)).toEqual(elements);
  });
});
