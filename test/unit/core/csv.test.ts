import { csvLine, quotedCsvLine, textOfCell, withoutFormula } from "@pareidolia/core/csv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

describe("a cell of CSV", () => {
  it.each(["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "＝1", "＋1", "－1", "＠SUM", "'=1"])("makes %j text", (text) => {
    expect(withoutFormula(text)).toBe(`'${text}`);
  });

  it.each([
    ["a;=1+1", "a;'=1+1"],
    ["\r=1", "'\r'=1"],
    ["\n=1", "'\n'=1"],
    ['a;"=1+1;b', "a;'\"=1+1;b"],
    ["a\n=1+1", "a\n'=1+1"],
    ["a\r\n\t@SUM(A1)", "a\r\n'\t@SUM(A1)"],
    ["a;＝1", "a;'＝1"],
    ["-1;-1", "'-1;'-1"],
    ["a;'b", "a;''b"],
    ["a; -b;c\n\nd", "a; -b;c\n\nd"],
  ])("makes %j text for programs that part cells at semicolons and line breaks", (text, cell) => {
    expect(withoutFormula(text)).toBe(cell);
    expect(textOfCell(cell)).toBe(text);
  });

  it.each(["-5", "+5.25", "-1.5e-7", "5", "a=b", ""])("leaves %j as it is", (text) => {
    expect(withoutFormula(text)).toBe(text);
  });

  it("is restored by removing one apostrophe at each place, whatever the text", () => {
    const hostile = fc.string({ unit: fc.constantFrom("=", "-", "@", "\t", "\r", "\n", "＝", "1", "'", '"', ",", ";") });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), hostile), (text) => {
        expect(textOfCell(withoutFormula(text))).toBe(text);
      }),
    );
  });

  it("starts no formula in a program that parts cells at semicolons and rows at each line break", () => {
    const cells = fc.array(fc.string({ unit: fc.constantFrom("=", "-", "@", "\t", "\r", "\n", "1", "'", '"', ",", ";") }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(cells, (texts) => {
        for (const part of csvLine(texts).split(/[;\r\n]/)) {
          const [, quoted, rest = ""] = /^"((?:[^"]|"")*)"?(.*)$/.exec(part) ?? [];
          const shown = quoted === undefined ? part : quoted.replaceAll('""', '"') + rest;
          expect(/^\t*[=+\-@]/.test(shown) && !/^-1+(,|"|$)/.test(shown), JSON.stringify(part)).toBe(false);
        }
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
    expect(csvLine(["=1+1", "-0.5", "a;b", "@x"])).toBe(`'=1+1,-0.5,"a;b",'@x\r\n`);
    expect(csvLine(["a", 'b"c', "d,e", 1.5, true, null, [1, "x"]])).toBe('a,"b""c","d,e",1.5,true,,"[1,""x""]"\r\n');
    expect(quotedCsvLine(["a", -1, null])).toBe('"a","-1",""\r\n');
  });
});
