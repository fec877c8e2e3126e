/** The experiments on an archive's classes, on a small network. */
import { ablation } from "@pareidolia/lab/experiments/ablation";
import { difficulty } from "@pareidolia/lab/experiments/difficulty";
import type { Experiment, ModelShelf } from "@pareidolia/lab/experiments/experiment";
import { phylogeny } from "@pareidolia/lab/experiments/phylogeny";
import { noBar } from "@pareidolia/lab/report";
import { expect, it } from "vitest";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { createSmallShelf } from "../../support/smallShelf.ts";

const classifier = createLinearClassifier({ input: { width: 4, height: 4, channels: 3 }, classes: 300 });
const models = createSmallShelf(classifier);
const run = (
  experiment: Experiment,
  { seeds, shelf = models }: { seeds?: readonly number[] | undefined; shelf?: ModelShelf } = { seeds: [1, 2] },
) => experiment.run({ models: shelf, cacheFolder: "", budget: "quick", seeds, generations: 2, onProgress: () => {} });

it("class difficulty compares the paper's band with all bands of its width, and reports competition without a bar", async () => {
  const { rows } = await run(difficulty);
  expect(rows.map(({ id, bar }) => [id, bar])).toEqual([
    ["difficulty.small.band-difference", noBar],
    ["difficulty.small.weak-band", "< 0.05"],
    ["difficulty.small.near-share", noBar],
    ["difficulty.small.near-lower", noBar],
    ["difficulty.small.neighbours", noBar],
    ["difficulty.small.ripeness", noBar],
  ]);
  expect(rows[1]?.what).toContain("classes 157 to 286, counted from 0");
  // Every p names its smallest value: one of 300 bands, or one of 1,000 permutations.
  expect(rows.slice(1, 4).map(({ smallestP }) => smallestP)).toEqual([1 / 300, 0.001, 0.001]);
  for (const { figure } of rows.slice(1, 4)) expect(Math.min(1, Math.max(1 / 1000, figure as number))).toBe(figure);
  expect((await run(difficulty)).rows).toEqual(rows);
});

it("phylogeny tests descent by permuting class numbers, and judges only the classes of one elite", async () => {
  const { rows, head, lines } = await run(phylogeny);
  expect(rows.map(({ id, bar }) => [id, bar])).toEqual([
    ["phylogeny.small.goal-switches", noBar],
    ["phylogeny.small.kin-distance", noBar],
    ["phylogeny.small.label-distance", "< 0.01"],
    ["phylogeny.small.lineage-correlation", noBar],
    ["phylogeny.small.lineage-distance", "< 0.01"],
    ["phylogeny.small.run-difference", noBar],
    ["phylogeny.small.runs-differ", "< 0.05"],
    ["phylogeny.small.diversity", noBar],
    ["phylogeny.small.ripeness", noBar],
  ]);
  expect(rows[6]).toMatchObject({
    figure: null,
    detail: expect.stringContaining("the smallest p that this test can give is 0.5, so it needs more units"),
  });
  const p = (column: string) => Math.max(...lines.map((line) => Number(line[head.indexOf(column)])));
  expect(rows[2]?.figure).toBeCloseTo(p("p, one elite"), 3);
  expect(rows[4]?.figure).toBeCloseTo(p("p, shared ancestors"), 3);
  // A linear network's classes have no order, so the test must find none, despite hundreds of pairs of few elites.
  expect(rows[2]?.figure).toBeGreaterThan(0.01);
});

it("ablation counts the images whose confidence falls, and beside them those in which removal costs more than a random change, each image once", async () => {
  const shelf = createSmallShelf(createLinearClassifier({ input: { width: 16, height: 16, channels: 3 }, classes: 20 }));
  const { rows, head, lines } = await run(ablation, { shelf });
  expect(rows.map(({ id, bar }) => [id, bar])).toEqual([
    ["ablation.small.lowered", noBar],
    ["ablation.small.typical-drop", noBar],
    ["ablation.small.carried", noBar],
    ["ablation.small.largest-drop", noBar],
    ["ablation.small.ripeness", noBar],
  ]);
  const column = (name: string) => lines.map((line) => Number(line[head.indexOf(name)]));
  const [p, drops] = [column("p"), column("median drop")];
  expect(rows[0]?.figure).toBeCloseTo(drops.filter((drop) => drop > 0).length / lines.length, 12);
  expect(rows[0]?.interval).toMatchObject({ unit: "runs", units: 6 });
  expect(rows[2]?.figure).toBeCloseTo(p.filter((value, index) => value <= 0.025 && (drops[index] as number) > 0).length / lines.length, 12);
  for (const seed of ["1", "2"]) {
    const classes = lines.filter((line) => line[1] === seed).map((line) => line[2]);
    expect(new Set(classes).size).toBe(classes.length);
  }
});

it("diversity compares two images per class of each run, and detects the influence of the run", async () => {
  const shelf = createSmallShelf(createLinearClassifier({ input: { width: 8, height: 8, channels: 3 }, classes: 40 }));
  const { rows } = await run(phylogeny, { shelf });
  const row = rows.find(({ id }) => id.endsWith(".runs-differ"));
  expect(row?.figure).toBeGreaterThanOrEqual(1 / 720);
  expect(row?.detail).toMatch(/^structural distance within a run \d\.\d{3}, between runs \d\.\d{3}/);
});
