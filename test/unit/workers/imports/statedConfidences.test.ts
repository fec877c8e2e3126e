/** What rows of an export state about images: all that is needed to refuse a wrong one, in memory that repeated rows do not fill. */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { BundleRows } from "@pareidolia/exchange/restoring/restorable";
import { SpooledStatements } from "@pareidolia/workers/imports/restoring/statedConfidences";
import { afterEach, beforeEach, expect, it } from "vitest";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-stated-"));
});
afterEach(() => rm(folder, { recursive: true }));

const keyOf = (run: number): string => `RUN-${run}`;

const image = "a".repeat(64);
const links = [{ run: 0, iteration: 1, model: 0 }];

function bundleOf(tables: Readonly<Record<string, readonly object[]>>): BundleRows {
  return {
    rows: async function* rows(name: string) {
      yield* tables[name] ?? [];
    } as unknown as BundleRows["rows"],
  };
}

async function statedFor(elites: readonly { readonly niche: number; readonly stored_confidence: number }[]) {
  const rows = elites.map((elite) => ({ run: 0, iteration: 1, image, search_confidence: 0.5, ...elite }));
  const bundle = bundleOf({ runs: [{ run: 0, model: 0 }], links, link_elites: rows });
  const stated = await (await SpooledStatements.of(bundle, { keyOf, folder, most: 10 })).take(0);
  return [...(stated.get(0)?.get(image)?.confidences.values() ?? [])].map((extremes) =>
    extremes.map(({ niche, confidence }) => [niche, confidence]),
  );
}

it("are one confidence for rows that repeat it", async () => {
  const [extremes, ...others] = await statedFor(Array.from({ length: 1_000 }, () => ({ niche: 3, stored_confidence: 0.25 })));
  expect(extremes).toEqual([
    [3, 0.25],
    [3, 0.25],
  ]);
  expect(others).toEqual([]);
});

it("are the least and the greatest confidence in each niche", async () => {
  const confidences = [0.5, 0.75, 0.25, 0.625, 0.375];
  expect(
    await statedFor([...confidences.map((value) => ({ niche: 0, stored_confidence: value })), { niche: 1, stored_confidence: 1 }]),
  ).toEqual([
    [
      [0, 0.25],
      [0, 0.75],
    ],
    [
      [1, 1],
      [1, 1],
    ],
  ]);
});

it("are found for the images of each range, with one reading of the rows", async () => {
  const framing = { kind: "whole" };
  const hashOf = (run: number, index: number): string => `${run}${index}`.repeat(32);
  const addresses = [0, 1, 2].flatMap((run) => [0, 1, 2].map((index) => ({ run, index })));
  // The second run has no elites.
  const elites = addresses
    .filter(({ run }) => run !== 1)
    .map(({ run, index }) => ({
      run,
      niche: index,
      generation: 4,
      genome_generation: 4,
      genome_index: index,
      stored_fitness: run / 10 + index / 100,
    }));
  const bundle = bundleOf({
    runs: [0, 1, 2].map((run) => ({ run, model: run % 2, framing })),
    images: addresses.map(({ run, index }) => ({ sha256: hashOf(run, index) })),
    genomes: addresses.map(({ run, index }) => ({ run, generation: 4, index, image: hashOf(run, index) })),
    elites,
  });
  const reads: string[] = [];
  const counted: BundleRows = {
    rows(name) {
      reads.push(name);
      return bundle.rows(name);
    },
  };
  const spooled = await SpooledStatements.of(counted, { keyOf, folder, most: 2 });
  expect(spooled.ranges).toHaveLength(5);
  const found: string[] = [];
  for (const place of spooled.ranges.keys())
    for (const [model, images] of await spooled.take(place))
      for (const [sha256, { framings, confidences }] of images) {
        const stated = [...confidences.values()].map(([{ what, confidence }]) => `${what}: ${confidence}`).join();
        found.push(`${place} ${model} ${sha256.slice(0, 2)} ${[...framings].join()} ${stated}`);
      }
  expect(found).toEqual(
    addresses.map(({ run, index }, at) => {
      const elite = run === 1 ? "" : `the elite of RUN-${run} in niche ${index}: ${run / 10 + index / 100}`;
      return `${Math.floor(at / 2)} ${run % 2} ${run}${index} ${JSON.stringify(framing)} ${elite}`;
    }),
  );
  expect(reads.filter((name) => name === "genomes" || name === "elites")).toHaveLength(2);
  // Each file is deleted once it is read.
  expect(await readdir(folder)).toEqual([]);
});
