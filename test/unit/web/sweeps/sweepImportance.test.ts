/** Importance on the page of a sweep: shares that are possible, add up, are inside their intervals, and are those of the runs. */
import { importanceOf } from "@pareidolia/analysis/importance/importance";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { SweepImportance } from "../../../../apps/web/src/features/sweeps/SweepImportance.tsx";

/** Two axes of two values, and so many seeds at each point: the first axis decides, the other nothing. */
async function pageOf(results: readonly (readonly number[])[]) {
  const observations = results.flatMap((seeds, point) => seeds.map((result) => ({ values: [point >> 1, point & 1], result })));
  const found = await importanceOf(observations, { seed: 1 });
  if (found?.seeds == null) throw new Error("The sweep has no importance.");
  const sources = { one: found.axes[0], other: found.axes[1], interactions: found.interactions, seed: found.seeds };
  const shares = Object.entries(sources).map(([path, share]) => ({
    path,
    label: path,
    share: share?.estimate,
    low: share?.low,
    high: share?.high,
  }));
  const points = results.map((seeds) => ({ runs: seeds.map((median) => ({ median })) }));
  const html = renderToStaticMarkup(
    createElement(SweepImportance, {
      sweep: { key: "SWP-1", results: { points } } as never,
      importance: { isExact: true, runs: observations.length, shares, intervalReason: found.reason } as never,
    }),
  );
  const texts = [...html.matchAll(/<text[^>]*>(.*?)<\/text>/g)].map(([, text]) => (text ?? "").replace(/<!-- -->/g, ""));
  const rows = [0, 1, 2, 3].map((row) => texts.slice(3 * row, 3 * row + 3) as [string, string, string]);
  return { rows, text: html.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ") };
}

it("prints the shares of expected mean squares, of which a negative one is 0", async () => {
  const results = [
    [1.0, 1.4],
    [1.1, 1.6],
    [2.0, 2.9],
    [2.3, 2.4],
  ];
  const { rows, text } = await pageOf(results);
  // With the means m of the points and the mean square e of chance, the variances of a 2 x 2 grid without its part of chance.
  const [a = 0, b = 0, c = 0, d = 0] = results.map(([one = 0, other = 0]) => (one + other) / 2);
  const e = results.reduce((sum, [one = 0, other = 0]) => sum + (one - other) ** 2 / 2, 0) / 4;
  const contrasts = [c + d - a - b, b + d - a - c, a + d - b - c];
  const parts = [...contrasts.map((contrast) => (contrast / 4) ** 2 - e / 8), e];
  expect(parts.filter((part) => part < 0).length).toBeGreaterThan(0);
  const total = parts.reduce((sum, part) => sum + Math.max(0, part), 0);
  expect(rows.map(([, share]) => share)).toEqual(parts.map((part) => (Math.max(0, part) / total).toFixed(2).replace(/^0/, "")));
  expect(rows.reduce((sum, [, share]) => sum + Number(share), 0)).toBeCloseTo(1, 1);
  for (const [, share, interval] of rows) {
    const [low, high] = interval.split(" – ").map(Number) as [number, number];
    expect(Number(share)).toBeGreaterThanOrEqual(low);
    expect(Number(share)).toBeLessThanOrEqual(high);
  }
  expect(text).toContain("Two seeds at a point say little about chance, so intervals are wide.");
  expect(text).toContain(
    "A source with a share of 0 explains nothing that the runs can show: negative estimates of a variance count as 0.",
  );
});

it("says nothing of two seeds where there are three", async () => {
  const { text } = await pageOf([
    [1.0, 1.4, 1.2],
    [1.1, 1.5, 1.2],
    [3.0, 3.4, 3.1],
    [3.1, 3.5, 3.2],
  ]);
  expect(text).not.toContain("Two seeds");
});
