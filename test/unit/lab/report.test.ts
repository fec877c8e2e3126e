import { formatTable, judge, noBar, verdictOf } from "@pareidolia/lab/report";
import { describe, expect, it } from "vitest";

const row = { id: "r", what: "w", detail: "" };

describe("a row of a report", () => {
  it("holds exactly at its bar and not below it", () => {
    expect(judge({ ...row, figure: 0.995, bar: { atLeast: 0.995 } })).toMatchObject({ holds: true, bar: ">= 0.995" });
    expect(judge({ ...row, figure: 0.99499, bar: { atLeast: 0.995 } }).holds).toBe(false);
    expect(judge({ ...row, figure: 0.7, bar: { below: 0.7 } })).toMatchObject({ holds: false, bar: "< 0.7" });
    expect(judge({ ...row, figure: 0.69, bar: { below: 0.7 } }).holds).toBe(true);
  });

  it("never holds if it is not measured or NaN", () => {
    for (const figure of [null, Number.NaN]) {
      expect(judge({ ...row, figure, bar: { atLeast: 0 } }).holds).toBe(false);
      expect(judge({ ...row, figure, bar: { below: 1 } }).holds).toBe(false);
    }
  });
});

describe("the verdict", () => {
  const barred = judge({ ...row, figure: 1, bar: { atLeast: 0 } });
  const bare = { ...row, figure: 1, bar: noBar, holds: true };

  it("does not call figures without a bar a success", () => {
    expect(verdictOf({ rows: [barred], holds: true })).toBe("every bar holds");
    expect(verdictOf({ rows: [barred, bare, bare], holds: true })).toBe("every bar holds; 1 of 3 figures have a bar");
    const described = { ...bare, description: true as const };
    expect(verdictOf({ rows: [barred, described], holds: true })).toBe(
      "every bar holds; 1 of 2 figures have a bar, the others only describe",
    );
    expect(verdictOf({ rows: [bare], holds: true })).toBe("figures only, none has a bar");
    expect(verdictOf({ rows: [barred], holds: false })).toBe("at least one bar does not hold");
  });
});

describe("a table", () => {
  it("pads columns to the widest cell", () => {
    expect(
      formatTable(
        ["a", "bb"],
        [
          ["long", "1"],
          ["s", "2"],
        ],
      ),
    ).toEqual(["a     bb", "long  1", "s     2"]);
  });
});
