/** The list of a run's parameters: order, labels and numbers. */
import { describe, expect, it } from "vitest";
import { formatParameter, parameterEntries } from "../../../../apps/web/src/features/run/parameterEntries.ts";

describe("the parameters of a run", () => {
  it("have the order and labels of their method, with unknown parameters last and spelled out", () => {
    const specs = [
      { name: "decay", label: "Decay" },
      { name: "smallNormPercentile", label: "Small-norm percentile" },
    ];
    const entries = parameterEntries({ oldValue: true, smallNormPercentile: 10, decay: 0.1 }, specs);
    expect(entries.map(({ label, text }) => `${label}: ${text}`)).toEqual(["Decay: 0.1", "Small-norm percentile: 10", "Old value: yes"]);
  });

  it("are empty without parameters", () => {
    expect(parameterEntries(null, [])).toEqual([]);
  });

  it.each([
    [1500, "1,500"],
    [1e7, "1e7"],
    [0.0001, "0.0001"],
    [false, "no"],
    ["adam", "adam"],
  ])("format %s as %s", (value, text) => {
    expect(formatParameter(value)).toBe(text);
  });
});
