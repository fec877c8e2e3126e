/** The axes and lines of a sweep's parallel coordinates. */

import { describe, expect, it } from "vitest";
import { isBrushed, movedBrush } from "../../../../apps/web/src/features/charts/parallelLines.ts";
import { parallelAxes } from "../../../../apps/web/src/features/sweeps/parallelAxes.ts";
import type { SweepOnPage } from "../../../../apps/web/src/features/sweeps/sweepOnPage.ts";

const run = (key: string, nines: number, state = "SUCCEEDED") => ({ key, seed: 1, state, nines, median: 1 - 10 ** -nines });
const sweep = {
  axes: [
    { path: "parameters.rate", label: "Rate", values: [0.01, 0.1, 0.4], valueLabels: ["0.01", "0.1", "0.4"], scale: null },
    { path: "parameters.width", label: "Width", values: [1, 10, 100], valueLabels: ["1", "10", "100"], scale: "LOG" },
    { path: "encoding", label: "Encoding", values: ["cppn", "direct"], valueLabels: ["cppn", "direct"], scale: null },
  ],
  results: {
    points: [
      { index: 0, values: [0.01, 1, "cppn"], runs: [run("RUN-1", 2.5), run("RUN-2", 3.5, "RUNNING")] },
      { index: 1, values: [0.1, 10, "direct"], runs: [run("RUN-3", 4)] },
    ],
  },
} as unknown as SweepOnPage;

describe("parallelAxes", () => {
  const { axes, lines, range } = parallelAxes(sweep);

  it("draws completed runs only", () => {
    expect(lines.map(({ key }) => key)).toEqual(["RUN-1", "RUN-3"]);
  });

  it("spaces listed values equally and drawn ones by their scale, the median last", () => {
    expect(range).toEqual([2, 4]);
    expect(lines.map(({ at }) => at)).toEqual([
      [0, 0, 0, 0.25],
      [0.5, 0.5, 1, 1],
    ]);
    expect(axes[0]?.ticks).toEqual([
      { at: 0, text: "0.01" },
      { at: 0.5, text: "0.1" },
      { at: 1, text: "0.4" },
    ]);
  });

  it("selects the lines that pass every brush", () => {
    const selected = (brushes: [number, [number, number]][]) =>
      lines.filter((line) => isBrushed(line, new Map(brushes))).map(({ key }) => key);
    expect(selected([[3, [0.5, 1]]])).toEqual(["RUN-3"]);
    expect(
      selected([
        [3, [0, 1]],
        [0, [0, 0.2]],
      ]),
    ).toEqual(["RUN-1"]);
    expect(
      selected([
        [3, [0.5, 1]],
        [0, [0, 0.2]],
      ]),
    ).toEqual([]);
  });

  it("moves and widens a selection by keyboard within the axis", () => {
    expect(movedBrush(null, "ArrowUp", false)).toEqual([0, 0.2]);
    expect(movedBrush(null, "ArrowDown", false)).toEqual([0.8, 1]);
    expect(movedBrush([0.8, 1], "ArrowUp", false)).toEqual([0.8, 1]);
    expect(movedBrush([0, 0.2], "ArrowUp", true)?.[1]).toBeCloseTo(0.3, 9);
    expect(movedBrush([0.5, 0.6], "ArrowDown", true)).toEqual([0.5, 0.6]);
    expect(movedBrush([0, 0.2], "Enter", false)).toBeNull();
  });
});
