/** The curves of imported runs: what the chart says and draws, one metric at a time, with the tools that every chart has. */
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { Histories } from "../../../../apps/web/src/features/imported/Histories.tsx";
import { HistoryChart, rangeOf } from "../../../../apps/web/src/features/imported/HistoryChart.tsx";

const svg = { current: null };
const loss = { metric: "loss", steps: [0, 10, 20], values: [1, 0.5, 0.25] };
const draw = (history: typeof loss) => renderToStaticMarkup(createElement(HistoryChart, { history, width: 600, svg }));
const lineOf = (markup: string): number[][] =>
  [...(/<path[^>]* d="([^"]*)"/.exec(markup)?.[1] ?? "").matchAll(/[ML]([\d.]+),([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);

it("the chart has a point for each step: later steps further right, smaller values further down", () => {
  const markup = draw(loss);
  const points = lineOf(markup);
  expect(points).toHaveLength(3);
  for (const place of [0, 1])
    expect(points.map((point) => point[place] as number)).toEqual(points.map((point) => point[place] as number).toSorted((a, b) => a - b));
  expect(markup).toContain("loss over 3 steps. Step 20: 0.25.");
});

it("a curve of one point is a dot, and a value that never changes is in the middle", () => {
  expect(draw({ metric: "acc", steps: [5], values: [0] })).toContain("<circle");
  expect([rangeOf([2, 2]), rangeOf([0]), rangeOf([1, 3])]).toEqual([
    [1.8, 2.2],
    [-1, 1],
    [1, 3],
  ]);
});

it("the page shows one metric, offers the others, and can be downloaded as CSV, SVG and PNG", () => {
  const histories = [loss, { metric: "acc", steps: [0], values: [0.5] }];
  const markup = renderToStaticMarkup(createElement(Histories, { runKey: "RUN-1", histories, query: "query { }" }));
  expect(markup).toContain("loss over 3 steps");
  expect(markup).toMatch(/<option[^>]*>acc<\/option>/);
  for (const format of ["CSV", "SVG", "PNG"]) expect(markup).toContain(format);
});
