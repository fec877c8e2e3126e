/** The ImageNet experiment itself, on a network small enough to run here. */
import { evolveCppn, imagenetEvolution } from "@pareidolia/lab/experiments/imagenetEvolution";
import { longBars } from "@pareidolia/lab/experiments/longBars";
import { expect, it } from "vitest";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { shelfOf } from "../../support/smallShelf.ts";

const classifier = createLinearClassifier({ input: { width: 4, height: 4, channels: 3 }, classes: 5 });
const models = shelfOf(classifier);
const lines: string[] = [];
const run = (generations: number, shelf = models) =>
  imagenetEvolution.run({
    models: shelf,
    cacheFolder: "",
    budget: "full",
    seeds: [1, 2, 3],
    generations,
    onProgress: (line) => lines.push(line),
  });

it("compares CPPNs with the direct encoding at four times the generations, on two seeds, and names the network that is missing", async () => {
  const { rows, lines: table, ran } = await run(1);
  expect(rows.map(({ id }) => id)).toEqual([
    "imagenet-evolution.small.median",
    "imagenet-evolution.small.mann-whitney",
    "imagenet-evolution.small.mann-whitney-images",
    "imagenet-evolution.small.network-share",
    "imagenet-evolution.small.cppn-median",
    "imagenet-evolution.small.direct-median",
  ]);
  expect(ran).toEqual({ cppn: 1, direct: 4 });
  for (const [encoding, place, worst] of [
    ["cppn", 3, Math.min],
    ["direct", 6, Math.max],
  ] as const) {
    const said = rows.find(({ id }) => id.endsWith(`.${encoding}-median`));
    expect(said).toMatchObject({ bar: "none", holds: true, finding: true });
    expect(said?.figure).toBeCloseTo(worst(...table.map((row) => Number(row[place]))), 4);
  }
  expect(table.map(([model, seed, cppn, , , direct]) => [model, seed, cppn, direct])).toEqual([
    ["small", "1", "1", "4"],
    ["small", "2", "1", "4"],
  ]);
  expect(lines.filter((line) => line.startsWith("not measured"))).toHaveLength(1);
});

it("carries the CPPNs on to generation 100 where the direct encoding gets there, as a finding for a network without bars", async () => {
  const { rows, lines: table } = await run(25);
  const [middle, confident] = rows.filter(({ id }) => id.includes(".long-"));
  const archives = await Promise.all([1, 2].map((seed) => evolveCppn(classifier, { seed, generations: 100, onProgress: () => {} })));
  const confidences = archives.map(({ elites }) => elites.map(({ confidence }) => confidence).sort((a, b) => a - b));
  expect(middle).toMatchObject({ figure: Math.min(...confidences.map((row) => row[2] as number)), holds: true, finding: true });
  expect(confident?.figure).toBe(Math.min(...confidences.map((row) => row.filter((value) => value >= 0.99).length)));
  expect(table.map((row) => row.at(-1))).toEqual(confidences.map((row) => String(row.filter((value) => value >= 0.99).length)));
});

it("judges generation 100 by the bars of a network that has been measured before", async () => {
  const [modelHash, bars] = Object.entries(longBars)[0] as [string, (typeof longBars)[string]];
  const { rows } = await run(25, { ...models, open: async () => ({ ...classifier, modelHash }) });
  const [middle, confident] = rows.filter(({ id }) => id.includes(".long-"));
  expect(middle?.bar).toBe(`>= ${bars?.median}`);
  expect(confident).toMatchObject({ bar: `>= ${bars?.confident}`, holds: false });
  expect(middle?.finding).toBeUndefined();
});
