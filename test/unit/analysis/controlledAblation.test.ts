/** Simulated networks for which only the size of a change matters must not pass the test. */
import { ablate } from "@pareidolia/analysis/ablation";
import { ablateWithControl, changeAtRandom } from "@pareidolia/analysis/controlledAblation";
import { signTest } from "@pareidolia/analysis/signTest";
import type { Classifier } from "@pareidolia/core/classifier";
import type { ByteImage } from "@pareidolia/core/image";
import { Purpose, Random } from "@pareidolia/core/random";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const side = 32;
const regions = 8;
const simulations = 200;

const randomOf = (index: number): Random => new Random({ seed: 9, generation: 0, index, purpose: Purpose.NOISE });

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
}

/** A smooth image, like those of CPPNs, with a few waves across. */
function waves(random: Random): ByteImage {
  const all = Array.from({ length: 4 }, () => [normal(random) / 3, normal(random) / 3, 6 * random.uniform()] as const);
  const at = (x: number, y: number): number => all.reduce((sum, [a, b, phase]) => sum + Math.sin(a * x + b * y + phase), 0);
  return {
    width: side,
    height: side,
    channels: 1,
    pixels: Uint8Array.from({ length: side * side }, (_, i) => Math.round(128 + 28 * at(i % side, Math.floor(i / side)))),
  };
}

/** A network with one class, whose probability is a function of the pixels. */
function network(probability: (pixels: Float32Array) => number): Classifier {
  return {
    modelHash: "simulated",
    engine: "by hand",
    input: { width: side, height: side, channels: 1 },
    labels: ["class"],
    dispose: async () => undefined,
    predict: async (images) => ({
      count: images.length,
      classes: 1,
      probabilities: Float32Array.from(images, ({ pixels }) => probability(pixels)),
    }),
  };
}

function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let squares = 0;
  for (let i = 0; i < a.length; i++) squares += ((a[i] as number) - (b[i] as number)) ** 2;
  return Math.sqrt(squares);
}

const offsets = [-2, -1, 0, 1, 2];
const neighbours = Array.from({ length: side * side }, (_, i) =>
  offsets.flatMap((dx) => offsets.map((dy) => ((Math.floor(i / side) + dy + side) % side) * side + (((i % side) + dx + side) % side))),
);

function blur(weights: Float64Array): Float64Array {
  return weights.map((_, i) => {
    let sum = 0;
    for (const near of neighbours[i] as number[]) sum += weights[near] as number;
    return sum / 25;
  });
}

async function pOf(index: number, networkOf: (image: ByteImage, random: Random) => Classifier): Promise<number> {
  const random = randomOf(index);
  const image = waves(random);
  const classifier = networkOf(image, random);
  return (await ablateWithControl({ image, classIndex: 0, classifier, regions, paint: "mean", seed: index })).p;
}

async function positives(networkOf: (image: ByteImage, random: Random) => Classifier): Promise<number> {
  let count = 0;
  for (let index = 0; index < simulations; index++) if ((await pOf(index, networkOf)) <= 0.025) count++;
  return count / simulations;
}

describe("ablation against random changes of the same size", () => {
  it("finds nothing at a maximum, where every change lowers the confidence and counting drops would find every region", async () => {
    const hill = (image: ByteImage): Classifier => network((pixels) => Math.exp(-((distance(pixels, image.pixels) / 500) ** 2)));
    const image = waves(randomOf(1));
    const { loweredShare } = await ablate({ image, classIndex: 0, classifier: hill(image), regions, paint: "mean" });
    // The others are lowered by less than a percentage point, which is not counted.
    expect(loweredShare).toBeGreaterThan(0.9);
    expect(await positives(hill)).toBeLessThanOrEqual(0.025);
  });

  it("keeps its false positive rate below its level at a maximum that only coarse changes lower", async () => {
    const hill = (image: ByteImage): Classifier =>
      network((pixels) => {
        // Sums over blocks that straddle the regions.
        const sums = new Float64Array((side / 4) ** 2);
        for (const [i, pixel] of pixels.entries()) {
          const [x, y] = [((i % side) + 2) % side, (Math.floor(i / side) + 2) % side];
          const block = Math.floor(y / 4) * (side / 4) + Math.floor(x / 4);
          sums[block] = (sums[block] as number) + (pixel - (image.pixels[i] as number)) / 4;
        }
        return Math.exp(-((distance(sums, new Float64Array(sums.length)) / 300) ** 2));
      });
    expect(await positives(hill)).toBeLessThanOrEqual(0.025 + 2 * Math.sqrt((0.025 * 0.975) / simulations));
  });

  it.each([
    ["fine", (weights: Float64Array) => weights],
    ["coarse", blur],
  ])("keeps its false positive rate below its level for a network of random %s weights", async (_, smooth) => {
    const linear = (_image: ByteImage, random: Random): Classifier => {
      const weights = smooth(Float64Array.from({ length: side * side }, () => normal(random)));
      return network(
        (pixels) => 1 / (1 + Math.exp(-pixels.reduce((sum, pixel, i) => sum + (pixel - 128) * (weights[i] as number), 0) / 5000)),
      );
    };
    // Twice the standard error of 200 simulations at the level.
    expect(await positives(linear)).toBeLessThanOrEqual(0.025 + 2 * Math.sqrt((0.025 * 0.975) / simulations));
  });

  it("finds the regions for a network that detects exactly this image", async () => {
    const template = (image: ByteImage): Classifier => {
      const mean = image.pixels.reduce((sum, pixel) => sum + pixel, 0) / image.pixels.length;
      const energy = image.pixels.reduce((sum, pixel) => sum + (pixel - mean) ** 2, 0);
      const match = (pixels: Float32Array): number =>
        pixels.reduce((sum, pixel, i) => sum + (pixel - mean) * ((image.pixels[i] as number) - mean), 0) / energy;
      return network((pixels) => 1 / (1 + Math.exp(-8 * (match(pixels) - 0.5))));
    };
    expect(await positives(template)).toBeGreaterThan(0.9);
  });

  it("changes only one region, by 100% to 102% of the change of painting it over", () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.integer({ min: 2, max: 9 }), (index, perSide) => {
        const image = waves(randomOf(index));
        const mean = Math.round(image.pixels.reduce((sum, pixel) => sum + pixel, 0) / image.pixels.length);
        const edge = (place: number): number => Math.round((side * place) / perSide);
        for (const [region, variant] of changeAtRandom({ image, regions: perSide, paint: "mean", seed: index }).entries()) {
          if (variant === null) continue;
          const [row, column] = [Math.floor(region / perSide), region % perSide];
          let [painted, outside] = [0, 0];
          for (const [i, pixel] of image.pixels.entries()) {
            const [x, y] = [i % side, Math.floor(i / side)];
            const inside = x >= edge(column) && x < edge(column + 1) && y >= edge(row) && y < edge(row + 1);
            if (inside) painted += (pixel - mean) ** 2;
            else if (variant.pixels[i] !== pixel) outside++;
          }
          const size = distance(variant.pixels, image.pixels);
          expect(outside).toBe(0);
          expect(size).toBeGreaterThanOrEqual(Math.sqrt(painted) - 1e-9);
          expect(size).toBeLessThanOrEqual(1.02 * Math.sqrt(painted) + 1e-9);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("is inconclusive for an image of one colour", async () => {
    const flat = { ...waves(randomOf(1)), pixels: new Uint8Array(side * side).fill(90) };
    const result = await ablateWithControl({
      image: flat,
      classIndex: 0,
      classifier: network(() => 0.5),
      regions: 4,
      paint: "mean",
      seed: 1,
    });
    expect(result.p).toBe(1);
    expect(result.regions.every(({ drop, controlDrop }) => drop === 0 && controlDrop === null)).toBe(true);
  });
});

describe("the sign test", () => {
  // Golden values: sums of Python's math.comb(n, k) / 2^n.
  it.each([
    [[1, 1, 1, 1, 1], 1 / 32],
    [[1, -1, 1, 0, 0], 0.5],
    [[-1, -1], 1],
    [[], 1],
    [[...Array<number>(41).fill(1), ...Array<number>(23).fill(-1)], 0.0163828795494116],
  ])("has the exact p for the differences %j", (differences, p) => expect(signTest(differences)).toBeCloseTo(p, 12));

  it("rejects NaN and too many differences", () => {
    expect(() => signTest([1, Number.NaN])).toThrow("not a number");
    expect(() => signTest(Array<number>(1001).fill(1))).toThrow("up to 1000");
  });
});
