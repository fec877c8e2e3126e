import { csvLine, quotedCsvLine, textOfCell, withoutFormula } from "@pareidolia/core/csv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

describe("a cell of CSV", () => {
  it.each(["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠SUM", "'=1"])("makes %j text", (text) => {
    expect(withoutFormula(text)).toBe(`'${text}`);
  });

  it.each(["-5", "+5.25", "5", "a=b", ""])("leaves %j as it is", (text) => {
    expect(withoutFormula(text)).toBe(text);
  });

  it("is restored by removing one apostrophe, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(textOfCell(withoutFormula(text))).toBe(text);
      }),
    );
  });

  it("never starts with a character that starts a formula, unless it is a plain number", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("=", "+", "-", "@", "\t", "\r", "\n", "＝", "1", "a", "'", '"', ",") }), (text) => {
        const cell = csvLine([text]).slice(0, -2).replace(/^"/, "");
        expect(!/^[=+\-@\t\r\n＝＋－＠]/.test(cell) || /^[+-]?\d+(\.\d+)?$/.test(cell)).toBe(true);
      }),
    );
  });

  it("is in quotes if it needs them, or if all are", () => {
    expect(csvLine(["a", 'b"c', "d,e", 1.5, true, null, [1, "x"]])).toBe('a,"b""c","d,e",1.5,true,,"[1,""x""]"\r\n');
    expect(quotedCsvLine(["a", -1, null])).toBe('"a","-1",""\r\n');
  });
});
