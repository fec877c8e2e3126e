/** The studies of an archive's classes, on a network small enough to run here. */
import { difficulty } from "@pareidolia/lab/experiments/difficulty";
import type { Experiment } from "@pareidolia/lab/experiments/experiment";
import { phylogeny } from "@pareidolia/lab/experiments/phylogeny";
import { noBar } from "@pareidolia/lab/report";
import { expect, it } from "vitest";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { shelfOf } from "../../support/smallShelf.ts";

const classifier = createLinearClassifier({ input: { width: 4, height: 4, channels: 3 }, classes: 300 });
const models = shelfOf(classifier);
const run = (experiment: Experiment) =>
  experiment.run({ models, cacheFolder: "", budget: "quick", seeds: [1, 2], generations: 2, onProgress: () => {} });

it("test the paper's own band by all bands of its width, and say competition without a bar", async () => {
  const { rows } = await run(difficulty);
  expect(rows.map(({ id, bar }) => [id, bar])).toEqual([
    ["difficulty.small.weak-band", "< 0.05"],
    ["difficulty.small.near-share", noBar],
    ["difficulty.small.near-lower", noBar],
    ["difficulty.small.neighbours", noBar],
  ]);
  expect(rows[0]?.what).toContain("classes 157 to 286, counted from 0");
  for (const { figure } of rows.slice(0, 3)) expect(Math.min(1, Math.max(1 / 1000, figure as number))).toBe(figure);
  expect((await run(difficulty)).rows).toEqual(rows);
});

it("test descent against class numbers by dealing them, and judge only the classes of one elite", async () => {
  const { rows, head, lines } = await run(phylogeny);
  expect(rows.map(({ id, bar }) => [id, bar])).toEqual([
    ["phylogeny.small.goal-switches", "> 0"],
    ["phylogeny.small.label-distance", "< 0.01"],
    ["phylogeny.small.lineage-distance", noBar],
    ["phylogeny.small.diversity", "> 0.5"],
  ]);
  const p = (column: string) => Math.max(...lines.map((line) => Number(line[head.indexOf(column)])));
  expect(rows[1]?.figure).toBeCloseTo(p("p, one elite"), 3);
  expect(rows[2]?.figure).toBeCloseTo(p("p, shared ancestors"), 3);
  // A linear network's classes are in no order, which hundreds of pairs of few elites do not belie.
  expect(rows[1]?.figure).toBeGreaterThan(0.01);
});
