/** A run's parameters as a list: order, labels, figures. */
import { describe, expect, it } from "vitest";
import { formatParameter, parameterEntries } from "../../../../apps/web/src/features/run/parameterEntries.ts";

describe("the parameters of a run", () => {
  it("stand in their method's order under its labels, and what it does not know comes last, spelled out", () => {
    const specs = [
      { name: "decay", label: "Decay" },
      { name: "smallNormPercentile", label: "Small-norm percentile" },
    ];
    const entries = parameterEntries({ oldValue: true, smallNormPercentile: 10, decay: 0.1 }, specs);
    expect(entries.map(({ label, text }) => `${label}: ${text}`)).toEqual(["Decay: 0.1", "Small-norm percentile: 10", "Old value: yes"]);
  });

  it("are none where there are none", () => {
    expect(parameterEntries(null, [])).toEqual([]);
  });

  it.each([
    [1500, "1,500"],
    [1e7, "1e7"],
    [0.0001, "0.0001"],
    [false, "no"],
    ["adam", "adam"],
  ])("%s is written %s", (value, text) => {
    expect(formatParameter(value)).toBe(text);
  });
});
