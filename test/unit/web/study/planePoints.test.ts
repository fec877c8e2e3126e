/** The plane of a study: its points, the brush, and the labels of its axis. */
import { wilsonInterval } from "@pareidolia/analysis/wilson";
import { expect, it } from "vitest";
import { brushed, markOf, normaliseBrush, planePoints, spaceTicks } from "../../../../apps/web/src/features/study/planePoints.ts";
import type { StudyImageRowFragment } from "../../../../apps/web/src/graphql/generated/graphql.ts";

const row = (confidence: number | null, votes: number, agreeing: number) =>
  ({ confidence, votes, agreeing, source: "cppn" }) as StudyImageRowFragment;

it("places images with votes and a confidence, each with its Wilson interval", () => {
  const points = planePoints([row(0.9, 20, 5), row(0.9, 0, 0), row(null, 20, 5)]);
  const { low, high } = wilsonInterval(5, 20);
  expect(points).toHaveLength(1);
  expect(points[0]).toMatchObject({ confidence: 0.9, votes: 20, share: 0.25, low, high });
});

it("selects the images inside the brush, certain ones at the end of the axis too", () => {
  // Positions on the nines scale: 0.2, 0.4, and no end.
  const points = planePoints([row(0.45, 10, 1), row(0.9, 10, 5), row(1, 10, 9)]);
  const brush = normaliseBrush({ x0: 1.2, x1: 0.35, y0: 1, y1: 0.4 }, 1);
  expect(brush).toEqual({ x0: 0.35, x1: 1, y0: 0.4, y1: 1 });
  expect(brushed(points, brush, 1).map(({ share }) => share)).toEqual([0.5, 0.9]);
});

it("distinguishes photographs and direct images by shape", () => {
  expect(["photograph", "direct", "cppn", "gradient"].map(markOf)).toEqual(["square", "cross", "dot", "dot"]);
});

it("leaves out labels of the axis that would overlap", () => {
  expect(spaceTicks([0, 1, 2, 3, 4], (tick) => tick * 30, 44)).toEqual([0, 2, 4]);
  expect(spaceTicks([0, 1, 2], (tick) => tick * 60, 44)).toEqual([0, 1, 2]);
});
