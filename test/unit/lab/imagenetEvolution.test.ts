/** The ImageNet experiment on a small network. */
import { median } from "@pareidolia/evolution/statistics";
import type { Budget, ModelShelf } from "@pareidolia/lab/experiments/experiment";
import { evolveCppn, imagenetEvolution } from "@pareidolia/lab/experiments/imagenetEvolution";
import { longBars } from "@pareidolia/lab/experiments/longBars";
import { seedsOf } from "@pareidolia/lab/experiments/seeds";
import { expect, it } from "vitest";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { createSmallShelf } from "../../support/smallShelf.ts";

const classifier = createLinearClassifier({ input: { width: 4, height: 4, channels: 3 }, classes: 5 });
const models = createSmallShelf(classifier);
const lines: string[] = [];

interface RunOptions {
  readonly shelf: ModelShelf;
  readonly budget: Budget;
  readonly seeds: number | "as judged";
}
const run = (generations: number, { shelf = models, budget = "full", seeds = 3 }: Partial<RunOptions> = {}) =>
  imagenetEvolution.run({
    models: shelf,
    cacheFolder: "",
    budget,
    seeds: seeds === "as judged" ? undefined : seedsOf({}, seeds),
    generations,
    onProgress: (line) => lines.push(line),
  });

it("the experiment compares CPPNs with the direct encoding at four times the generations, and reports the missing network", async () => {
  const { rows, lines: table, ran } = await run(1);
  expect(rows.map(({ id }) => id)).toEqual([
    "imagenet-evolution.small.median",
    "imagenet-evolution.small.mann-whitney",
    "imagenet-evolution.small.mann-whitney-classes",
    "imagenet-evolution.small.network-share",
    "imagenet-evolution.small.cppn-median",
    "imagenet-evolution.small.direct-median",
  ]);
  expect(ran).toEqual({ cppn: 1, direct: 4 });
  for (const [encoding, place] of [
    ["cppn", 3],
    ["direct", 6],
  ] as const) {
    const row = rows.find(({ id }) => id.endsWith(`.${encoding}-median`));
    expect(row).toMatchObject({ bar: "none", holds: true, finding: true });
    expect(row?.figure).toBeCloseTo(median(table.map((line) => Number(line[place]))), 4);
    expect(row?.detail).toContain("no 95% interval: it needs 6 runs, and there are 3");
  }
  expect(table.map(([model, seed, cppn, , , direct]) => [model, seed, cppn, direct])).toEqual([
    ["small", "1", "1", "4"],
    ["small", "2", "1", "4"],
    ["small", "3", "1", "4"],
  ]);
  expect(lines.filter((line) => line.startsWith("not measured"))).toHaveLength(1);
});

it("the experiment continues the CPPNs to generation 100 if the direct encoding reaches it, as a finding for a network without bars", async () => {
  const { rows, lines: table } = await run(25, { seeds: 2 });
  const [middle, confident] = rows.filter(({ id }) => id.includes(".long-"));
  const archives = await Promise.all([1, 2].map((seed) => evolveCppn(classifier, { seed, generations: 100, onProgress: () => {} })));
  const confidences = archives.map(({ elites }) => elites.map(({ confidence }) => confidence).sort((a, b) => a - b));
  expect(middle).toMatchObject({ figure: Math.min(...confidences.map((row) => row[2] as number)), holds: true, finding: true });
  expect(confident?.figure).toBe(Math.min(...confidences.map((row) => row.filter((value) => value >= 0.99).length)));
  expect(table.map((row) => row.at(-1))).toEqual(confidences.map((row) => String(row.filter((value) => value >= 0.99).length)));
});

it("the experiment judges generation 100 by the bars of a known network", async () => {
  const [modelHash, bars] = Object.entries(longBars)[0] as [string, (typeof longBars)[string]];
  const { rows } = await run(25, { seeds: 1, shelf: { ...models, open: async () => ({ ...classifier, modelHash }) } });
  const [middle, confident] = rows.filter(({ id }) => id.includes(".long-"));
  expect(middle?.bar).toBe(`>= ${bars?.median}`);
  expect(confident).toMatchObject({ bar: `>= ${bars?.confident}`, holds: false });
  expect(middle?.finding).toBeUndefined();
});

it("the experiment uses runs as units: six against six in the quick budget, eight against eight in the full one, and reports if it needs more", async () => {
  const test = async (options: Partial<RunOptions>) => {
    const { rows, lines: table } = await run(1, options);
    return { row: rows.find(({ id }) => id.endsWith(".mann-whitney")), table };
  };
  const quick = await test({ budget: "quick", seeds: "as judged" });
  const [cppn, direct] = [3, 6].map((column) => quick.table.map((line) => Number(line[column])));
  expect(quick.table).toHaveLength(6);
  // A linear network of five classes: whichever encoding leads, no p is below 1/924, as there are 924 ways to choose six of twelve runs.
  expect(quick.row?.smallestP).toBeCloseTo(1 / 924, 12);
  expect(quick.row?.detail).toContain("the smallest p that this test can give is 0.0011");
  expect(quick.row?.figure).toBeGreaterThanOrEqual(1 / 924 - 1e-12);
  expect((quick.row?.figure as number) < 0.5).toBe(median(cppn as number[]) > median(direct as number[]));
  expect(quick.row?.bar).toBe("< 0.01");
  const full = await test({ budget: "full", seeds: "as judged" });
  expect(full.table).toHaveLength(8);
  expect(full.row).toMatchObject({ bar: "< 0.0001", figure: expect.any(Number) });
  expect((await test({ budget: "quick", seeds: 2 })).row).toMatchObject({
    figure: null,
    holds: false,
    detail: expect.stringContaining("the smallest p that this test can give is 0.17, so it needs more units"),
  });
});
