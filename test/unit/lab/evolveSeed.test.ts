import { directEncoding } from "@pareidolia/encodings/direct/directEncoding";
import { MapElites } from "@pareidolia/evolution/mapElites";
import { type Checkpoint, evolveSeed } from "@pareidolia/lab/experiments/evolveSeed";
import { expect, it } from "vitest";
import { createLinearClassifier } from "../../support/linearClassifier.ts";

const classifier = createLinearClassifier({ input: { width: 6, height: 6, channels: 1 }, classes: 4 });
const encoding = directEncoding.create(classifier.input, directEncoding.presets[0]?.values ?? {});
const every = Array.from({ length: 31 }, (_, generation) => generation);

async function evolve(options: { checkpoints: readonly number[]; level?: number }) {
  const search = new MapElites({ encoding, niches: 4, seed: 3, offspring: 20, insertion: "every-class" });
  return evolveSeed({ search, encoding, classifier, generations: 30, onCheckpoint: () => {}, ...options });
}

it("an evolution reports the first generation at which the median and every class reach a level on stored bytes, recorded or not", async () => {
  const { checkpoints } = await evolve({ checkpoints: every });
  const stored = every.map((generation) => (checkpoints.get(generation) as Checkpoint).stored);
  const level = stored[10]?.median as number;
  const first = (statistic: "median" | "minimum") => {
    const generation = stored.findIndex((score) => score[statistic] >= level);
    return generation < 0 ? null : generation;
  };
  expect(first("median")).toBeGreaterThan(0);
  expect(first("minimum")).not.toBe(first("median"));
  const sparse = await evolve({ checkpoints: [5], level });
  expect(sparse.firstAt).toEqual({ median: first("median"), minimum: first("minimum") });
  expect([...sparse.checkpoints.keys()]).toEqual([5, 30]);
});

it("an evolution reports null if the level is never reached or not given", async () => {
  expect((await evolve({ checkpoints: [], level: 1.1 })).firstAt).toEqual({ median: null, minimum: null });
  expect((await evolve({ checkpoints: every })).firstAt).toEqual({ median: null, minimum: null });
});
