/** The parallel coordinates of a comparison. */
import { describe, expect, it } from "vitest";
import { parallelEntries } from "../../../../apps/web/src/features/comparison/parallelEntries.ts";

type Given = Parameters<typeof parallelEntries>[0];

const parameter = (name: string, values: readonly (readonly unknown[])[], differs = true) => ({
  name,
  label: name,
  differs,
  values: values.map((each) => ({ values: each, count: each.length })),
});

const comparison = {
  entries: [{ name: "RUN-1" }, { name: "RUN-2" }, { name: "3 runs from RUN-3" }],
  parameters: [
    parameter("mutationRate", [[0.4], [0.01], [0.1]]),
    parameter("encoding", [["cppn"], ["direct"], ["cppn", "direct"]]),
    parameter("insertion", [["all"], [null], ["all"]]),
    parameter("seed", [[1], [2], [3, 4, 5]]),
    parameter("generations", [[200], [200], [200]], false),
  ],
} as unknown as Given;

describe("the parallel coordinates of a comparison", () => {
  const { axes, lines, range } = parallelEntries(comparison, [0.9, 0.999, 0.99]);

  it("have an axis for each setting that differs, without the seed", () => {
    expect(axes.map(({ key }) => key)).toEqual(["mutationRate", "encoding", "insertion"]);
  });

  it("have numbers in their order, and what a group has several values of below all others", () => {
    expect(axes.map(({ ticks }) => ticks.map(({ text }) => text))).toEqual([
      ["0.01", "0.1", "0.4"],
      ["several", "cppn", "direct"],
      ["all", "–"],
    ]);
    expect(lines.map(({ at }) => at.slice(0, 3))).toEqual([
      [1, 0.5, 0],
      [0, 1, 1],
      [0.5, 0, 0],
    ]);
  });

  it("end at the median in nines, with the letter of the entry", () => {
    expect(range).toEqual([1, 3]);
    expect(lines.map(({ mark }) => mark)).toEqual(["A", "B", "C"]);
    for (const [i, end] of [0, 1, 0.5].entries()) expect(lines[i]?.at.at(-1)).toBeCloseTo(end, 9);
  });

  it("leave out entries without a stored generation", () => {
    expect(parallelEntries(comparison, [0.9, null, 0.99]).lines.map(({ mark }) => mark)).toEqual(["A", "C"]);
  });
});
