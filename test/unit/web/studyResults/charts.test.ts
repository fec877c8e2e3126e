/** Rows and geometry of the charts beside the plane. */
import { collectStudy } from "@pareidolia/perception/study/results/evidence";
import { computeResult } from "@pareidolia/perception/study/studyResults";
import { describe, expect, it } from "vitest";
import { leftOutUnits, sampled, unitsOfCounting } from "../../../../apps/web/src/features/studyResults/countedUnits.ts";
import { barsOf, rangeOf } from "../../../../apps/web/src/features/studyResults/histogramBars.ts";
import { matrixOf } from "../../../../apps/web/src/features/studyResults/matrixOf.ts";
import { planeLabels } from "../../../../apps/web/src/features/studyResults/planeLabels.ts";
import { computedPoints } from "../../../../apps/web/src/features/studyResults/planePoints.ts";
import { planePlaces, planeScale } from "../../../../apps/web/src/features/studyResults/planeScale.ts";
import { figureCells, readResults } from "../../../../apps/web/src/features/studyResults/readResults.ts";
import { slopeLine } from "../../../../apps/web/src/features/studyResults/slopeLine.ts";
import { studyDesign } from "../../../support/studyDesigns.ts";
import { studyPlan, withImageHashes } from "../../../support/studyPlans.ts";
import { simulatedStudy } from "../../../support/studyVotes.ts";

const design = withImageHashes(
  studyDesign(12, { perVoter: { counted: 12, gold: 4, noise: 2, canaries: 2 } }, { labels: [...Array(20).keys()] }),
);
const evidence = collectStudy(simulatedStudy(studyPlan(design), { voters: 9 }));
const plan = { nameOf: (label: number) => `label ${label}`, labelOf: (image: number) => `label of ${image}` };

describe("stored results", () => {
  const stored = (["plane", "voters"] as const).map((kind, index) => ({
    kind: kind === "plane" ? ("PLANE" as const) : ("VOTERS" as const),
    voteCount: 90 + index,
    computedAt: `2026-01-0${index + 1}T00:00:00.000Z`,
    result: JSON.parse(JSON.stringify(computeResult(kind, evidence))) as unknown,
  }));

  it("are read by kind, with the fewest votes from which any was computed", () => {
    const read = readResults(stored);
    expect(read?.results.plane).toEqual(computeResult("plane", evidence));
    expect(read?.results.voters?.everyone.voters).toHaveLength(9);
    expect([read?.voteCount, read?.computedAt.toISOString(), read?.problems]).toEqual([90, "2026-01-01T00:00:00.000Z", []]);
    expect(readResults([])).toBeNull();
  });

  it("leave the others readable if one is damaged", () => {
    const read = readResults([{ ...(stored[0] as (typeof stored)[number]), result: { version: 1 } }, stored[1] as (typeof stored)[number]]);
    expect(read?.results.plane).toBeUndefined();
    expect(read?.results.voters).toBeDefined();
    expect(read?.problems).toHaveLength(1);
  });

  it("an undefined figure has a reason in place of numbers", () => {
    expect(figureCells({ defined: true, estimate: 0.3, low: 0.2, high: 0.4, n: 50, over: "voters" })).toEqual([
      0.3,
      0.2,
      0.4,
      "other voters and these images",
      50,
      "",
    ]);
    expect(figureCells({ defined: false, reason: "no votes" })).toEqual([null, null, null, null, null, "no votes"]);
    expect(figureCells({ defined: false, reason: "too few images", estimate: 0.3 })).toEqual([
      0.3,
      null,
      null,
      null,
      null,
      "too few images",
    ]);
  });
});

describe("counted voters and images", () => {
  const { planned, everyone } = computeResult("summary", evidence);
  const [own, all] = [planned.phases[0]?.voters, everyone.phases[0]?.voters];

  it("are sorted by share; those left out by the plan are apart", () => {
    if (!own?.defined || !all?.defined) throw new Error("The counting is undefined.");
    const shares = unitsOfCounting(all).map(({ share }) => share);
    expect(shares).toEqual([...shares].sort((one, other) => one - other));
    // Voter 4 may inspect the study.
    expect(leftOutUnits(all, own).map(({ unit }) => unit)).toEqual([4]);
    expect(unitsOfCounting(own)).toHaveLength(8);
  });

  it("are sampled evenly, the first and the last among them", () => {
    const list = [...Array(1000).keys()];
    expect(sampled(list, 5)).toEqual([0, 250, 500, 749, 999]);
    expect(sampled(list, 2000)).toBe(list);
    expect(sampled(list, 1)).toEqual([0]);
  });
});

describe("the response matrix", () => {
  it("has a row for each category, with votes that sum to the row's targets", () => {
    const options = computeResult("bias", evidence).everyone.phases[0]?.positions;
    if (!options?.defined) throw new Error("The matrix is undefined.");
    const matrix = matrixOf(options, plan);
    expect(matrix.names).toEqual(["position 1", "position 2"]);
    for (const { counts, targets } of matrix.rows) expect(counts.reduce((sum, count) => sum + count, 0)).toBe(targets);
    expect(matrix.equalShare).toBe(0.5);
  });

  it("keeps the most frequent categories if there are very many", () => {
    const size = 50;
    const figure = { estimate: 0.1, low: 0, high: 0.2, n: 10, over: "voters" as const };
    const one = { defined: true as const, ...figure };
    const matrix = matrixOf(
      {
        defined: true,
        of: "labels",
        values: Array.from({ length: size }, (_, index) => 100 + index),
        confusion: Array.from({ length: size * size }, (_, cell) => cell),
        targets: Array.from({ length: size }, (_, index) => index),
        answered: Array.from({ length: size }, (_, index) => index),
        baseRate: Array.from({ length: size }, () => one),
        right: Array.from({ length: size }, () => one),
        accuracy: one,
        expected: 0.1,
        corrected: one,
        resamples: 200,
      },
      plan,
    );
    expect(matrix.rows.map(({ name }) => name)).toEqual(Array.from({ length: 30 }, (_, index) => `label ${120 + index}`));
    expect(matrix.rows[1]?.counts[0]).toBe(21 * size + 20);
    expect(matrix.all).toBe(50);
  });
});

it("the line of the session has its slope and passes through the mean", () => {
  const session = { first: [0, 10], last: [9, 19], agreeing: [3, 7], votes: [10, 10] };
  const line = slopeLine(session, { estimate: 0.02, low: 0, high: 0.04 });
  expect(line.map(({ trial }) => trial)).toEqual([1, 10.5, 20]);
  expect(line[1]).toEqual({ trial: 10.5, share: 0.5, low: 0.5, high: 0.5 });
  expect(line[2]?.share).toBeCloseTo(0.69, 12);
  expect([line[0]?.low, line[0]?.high]).toEqual([0.5 - 0.04 * 9.5, 0.5]);
});

it("bars of a histogram are its bins that are not empty, and their range has room around the middle", () => {
  const bars = barsOf({ edges: [-4, -2, 0, 2], counts: [0, 5, 1], below: 0, above: 0 });
  expect(bars).toEqual([
    { from: -2, to: 0, count: 5 },
    { from: 0, to: 2, count: 1 },
  ]);
  expect(rangeOf(bars, 0, 60)).toEqual([-30, 30]);
  expect(rangeOf([{ from: 40, to: 42, count: 1 }], 0, 60)).toEqual([-30, 42]);
});

it("names beside dots never overlap one another or a dot, and stay on the plane", () => {
  const plane = computeResult("plane", evidence);
  const shares = plane.everyone.phases[0]?.shares;
  if (!shares?.defined) throw new Error("The plane is undefined.");
  const points = computedPoints(plane, shares);
  const scale = planeScale(points, { width: 700, height: 500 });
  const places = planePlaces(points, scale);
  const labels = planeLabels(points, places, scale, (image) => `the label of image ${image}`);
  expect(labels.length).toBeGreaterThan(0);
  const boxes = labels.map(({ text, x, y, anchor }) => {
    const width = text.length * 6.4;
    const left = anchor === "start" ? x : x - width;
    return { left, right: left + width, top: y - 12, bottom: y + 4 };
  });
  for (const box of boxes) {
    expect(box.left).toBeGreaterThanOrEqual(scale.left - 2);
    expect(box.right).toBeLessThanOrEqual(scale.right + 2);
    expect(
      boxes.filter((other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom),
    ).toEqual([box]);
  }
});
