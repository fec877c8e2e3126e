/**
 * The paper's framing of ImageNet images (256 x 256 pixels, ten crops) and the colours of its released code (hue, lightness,
 * saturation), evolved on SqueezeNet with the search of real runs.
 */
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import { type FloatImage, quantiseImage, toFloatImage } from "@pareidolia/core/image";
import { encodings } from "@pareidolia/encodings/registry";
import { evaluateGeneration } from "@pareidolia/evolution/evaluateGeneration";
import type { GenomeAddress } from "@pareidolia/evolution/lineage";
import { decodePng, encodePng } from "@pareidolia/images/png";
import type { ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { openSearch } from "@pareidolia/workers/evolution/openSearch";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampled } from "../support/extent/sampled.ts";
import { openSqueezeNet } from "../support/squeezenet.ts";

const side = 256;
const cropSide = 227;
const generations = 2;
const offspring = 4;

let tenCrops: DifferentiableClassifier;
let oneCrop: DifferentiableClassifier;

beforeAll(async () => {
  tenCrops = await openSqueezeNet({ framing: { kind: "crops", count: 10, imageSize: side }, threads: 2 });
  oneCrop = await openSqueezeNet({ threads: 2 });
});

afterAll(async () => {
  await tenCrops.dispose();
  await oneCrop.dispose();
});

/** A new search reads no objects. */
const noObjects = new Proxy({} as ObjectStore, {
  get() {
    throw new Error("A new search reads no object.");
  },
});

/** An individual may hold many niches, each as a separate elite. */
function nameOf({ generation, index }: GenomeAddress): string {
  return `${generation}:${index}`;
}

async function evolve(encodingId: string) {
  const presets = encodings.find(({ id }) => id === encodingId)?.presets ?? [];
  const { encoding, search } = await openSearch({
    run: {
      plan: { encoding: encodingId, generations, offspring },
      parameters: { ...presets.find(({ id }) => id === "released-code")?.values },
      seed: 1,
    },
    classifier: tenCrops,
    checkpoint: { generation: -1, evaluations: 0, archiveHash: null, chainHash: null, elites: [] },
    objectStore: noObjects,
  });
  const statistics = [];
  for (let generation = 0; generation <= generations; generation++)
    statistics.push((await evaluateGeneration({ search, encoding, classifier: tenCrops })).statistics);
  const elites = search.elites.filter((elite) => elite !== null);
  const genomes = new Map(elites.map((elite) => [nameOf(elite), elite.genome]));
  const stored = [...genomes.values()].map((genome) => toFloatImage(decodePng(encodePng(quantiseImage(encoding.decode(genome))))));
  const rows = new Map([...genomes.keys()].map((name, row) => [name, row]));
  return { encoding, elites, statistics, rows, stored };
}

/** The paper's ten crops: the corners and the centre, each also mirrored. */
function cropsOf(image: FloatImage): readonly FloatImage[] {
  const far = side - cropSide;
  const middle = Math.floor(far / 2);
  const corners = [
    [0, 0],
    [far, 0],
    [0, far],
    [far, far],
    [middle, middle],
  ] as const;
  return corners.flatMap(([left, top]) => [false, true].map((isMirrored) => crop(image, left, top, isMirrored)));
}

function crop({ pixels, channels, width }: FloatImage, left: number, top: number, isMirrored: boolean): FloatImage {
  const cut = new Float32Array(cropSide * cropSide * channels);
  for (let y = 0; y < cropSide; y++)
    for (let x = 0; x < cropSide; x++)
      for (let channel = 0; channel < channels; channel++) {
        const from = isMirrored ? left + cropSide - 1 - x : left + x;
        cut[(y * cropSide + x) * channels + channel] = pixels[((top + y) * width + from) * channels + channel] as number;
      }
  return { width: cropSide, height: cropSide, channels, pixels: cut };
}

describe.each(sampled(["cppn", "direct"], { by: () => "an encoding" }))(
  "the %s encoding of the released code, at 256 x 256 on ten crops",
  (encodingId) => {
    it("fills a thousand niches, each with the mean confidence of the stored bytes over the ten crops", async () => {
      const { encoding, elites, statistics, rows, stored } = await evolve(encodingId);
      expect(encoding.image).toMatchObject({ width: side, height: side, channels: 3 });
      expect(elites).toHaveLength(1000);
      expect(statistics.map(({ filled }) => filled)).toEqual([1000, 1000, 1000]);
      for (const [index, { median, jumps }] of statistics.slice(1).entries()) {
        expect(median).toBeGreaterThanOrEqual(statistics[index]?.median ?? 1);
        expect(jumps).toBeGreaterThan(0);
      }

      const { probabilities, classes } = await tenCrops.predict(stored);
      for (const [niche, elite] of elites.entries()) {
        const ofStored = probabilities[(rows.get(nameOf(elite)) as number) * classes + niche] as number;
        expect(Math.abs(ofStored - elite.fitness), `class ${niche}`).toBeLessThanOrEqual(1e-6 * Math.max(elite.fitness, 1e-3));
      }

      const first = stored[0] as FloatImage;
      const crops = await oneCrop.predict(cropsOf(first));
      for (let niche = 0; niche < classes; niche++) {
        const mean =
          Array.from({ length: 10 }, (_, row) => crops.probabilities[row * classes + niche] as number).reduce((a, b) => a + b) / 10;
        expect(Math.abs((probabilities[niche] as number) - mean)).toBeLessThan(1e-5);
      }
    });
  },
);
