import { centreOnMeanColour, centreOnMeanImage } from "@pareidolia/classifiers/data/centring";
import { type LabelledImages, splitImages } from "@pareidolia/classifiers/data/labelledImages";
import { readMnist } from "@pareidolia/classifiers/data/mnist/readMnist";
import { sha256 } from "@pareidolia/classifiers/files/sha256";
import { Adam } from "@pareidolia/classifiers/training/adam";
import { drawAugmented, shuffledOrder } from "@pareidolia/classifiers/training/batches";
import { errorRate } from "@pareidolia/classifiers/training/errorRate";
import { Momentum } from "@pareidolia/classifiers/training/momentum";
import { getOwnModel, ownModels } from "@pareidolia/classifiers/training/ownModels";
import { schedules } from "@pareidolia/classifiers/training/solver";
import { type TrainingOptions, trainClassifier } from "@pareidolia/classifiers/training/trainClassifier";
import { leNet } from "@pareidolia/onnx/graphs/leNet";
import { describe, expect, it } from "vitest";
import { sharedCacheFolder } from "../../support/sharedCache.ts";

const cache = { cacheFolder: sharedCacheFolder() };

describe("Adam", () => {
  it("agrees with the published algorithm over several steps", () => {
    const gradients = [0.5, -0.1, 0.02, 3];
    const weights = [Float32Array.of(1)];
    const solver = new Adam(weights);
    let expected = 1;
    let first = 0;
    let second = 0;
    for (const [index, gradient] of gradients.entries()) {
      const step = index + 1;
      first = 0.9 * first + 0.1 * gradient;
      second = 0.999 * second + 0.001 * gradient ** 2;
      expected -= (0.01 * (first / (1 - 0.9 ** step))) / (Math.sqrt(second / (1 - 0.999 ** step)) + 1e-8);
      solver.step(weights, [Float32Array.of(gradient)], 0.01);
      expect(weights[0]?.[0]).toBeCloseTo(expected, 5);
    }
    expect(expected).toBeLessThan(0.99);
  });
});

describe("momentum", () => {
  it("agrees with Caffe's update over several steps, biases at twice the rate", () => {
    const parameters = [
      { name: "weights", type: "float32", dims: [1], fanIn: 3 },
      { name: "bias", type: "float32", dims: [1], fanIn: 0 },
    ] as const;
    const values = [Float32Array.of(1), Float32Array.of(-2)];
    const solver = new Momentum(values, parameters);
    const expected = [1, -2];
    const velocity = [0, 0];
    for (const gradient of [0.5, -0.1, 3]) {
      for (const [index, rate] of [0.01, 0.02].entries()) {
        velocity[index] = 0.9 * (velocity[index] ?? 0) + rate * (gradient + 0.0005 * (expected[index] ?? 0));
        expected[index] = (expected[index] ?? 0) - (velocity[index] ?? 0);
      }
      solver.step(values, [Float32Array.of(gradient), Float32Array.of(gradient)], 0.01);
    }
    for (const [index, value] of expected.entries()) expect(values[index]?.[0]).toBeCloseTo(value, 5);
  });

  it("uses Caffe's decreasing learning rate, or a linear decrease to zero", () => {
    for (const step of [0, 1, 5000, 10_000]) expect(schedules.inverse(step)).toBeCloseTo((1 + 1e-4 * step) ** -0.75, 12);
    expect([0, 25, 100].map((step) => schedules.linear(step, 100))).toEqual([1, 0.75, 0]);
  });
});

describe("the order of an epoch", () => {
  it("contains every image once, is different for each epoch and seed, and is reproducible", () => {
    const order = shuffledOrder({ seed: 1, epoch: 1, count: 1000 });
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, index) => index));
    expect(shuffledOrder({ seed: 1, epoch: 1, count: 1000 })).toEqual(order);
    expect(shuffledOrder({ seed: 1, epoch: 2, count: 1000 })).not.toEqual(order);
    expect(shuffledOrder({ seed: 2, epoch: 1, count: 1000 })).not.toEqual(order);
  });
});

describe("an image's augmentation", () => {
  /** Three channels of 3 x 2, unlike any real data set, so that a mix-up of planes, rows and columns shows. */
  const set: LabelledImages = {
    shape: { width: 3, height: 2, channels: 3 },
    classes: 1,
    count: 1,
    images: Uint8Array.from({ length: 18 }, (_, index) => 10 * (index + 1)),
    labels: Uint8Array.of(0),
  };
  const still = { largestShift: 0, largestLift: 0, mirror: false };
  const draw = (augmentation: typeof still, epoch: number): number[] => {
    const target = new Float32Array(18);
    drawAugmented(set, augmentation, { seed: 1, epoch, image: 0 }, target, 0);
    return [...target];
  };

  it("changes nothing with neutral settings", () => {
    expect(draw(still, 1)).toEqual([...set.images]);
  });

  it("mirrors each row of each channel in about half of the epochs", () => {
    const drawn = Array.from({ length: 200 }, (_, epoch) => draw({ ...still, mirror: true }, epoch + 1));
    const mirrored = [30, 20, 10, 60, 50, 40, 90, 80, 70, 120, 110, 100, 150, 140, 130, 180, 170, 160];
    for (const image of drawn) expect([[...set.images], mirrored]).toContainEqual(image);
    const share = drawn.filter((image) => image[0] === 30).length / drawn.length;
    expect(Math.abs(share - 0.5)).toBeLessThan(0.15);
  });

  it("shifts all channels equally and fills with black", () => {
    const drawn = new Set(Array.from({ length: 200 }, (_, epoch) => draw({ ...still, largestShift: 1 }, epoch + 1).join()));
    expect(drawn.size).toBe(9);
    expect(drawn).toContain("0,10,20,0,40,50,0,70,80,0,100,110,0,130,140,0,160,170");
    expect(drawn).toContain("40,50,60,0,0,0,100,110,120,0,0,0,160,170,180,0,0,0");
  });

  it("brightens the background by at most the given amount, and never clips", () => {
    const lifts = Array.from({ length: 200 }, (_, epoch) => {
      const image = draw({ ...still, largestLift: 64 }, epoch + 1);
      // From two pixels: lift + (1 - lift / 255) x value.
      const lift = ((image[0] as number) - 10) / (1 - 10 / 255);
      for (const [index, value] of image.entries()) expect(value).toBeCloseTo(lift + (1 - lift / 255) * (set.images[index] as number), 3);
      return lift;
    });
    expect(Math.min(...lifts)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...lifts)).toBeLessThan(64);
    expect(Math.max(...lifts) - Math.min(...lifts)).toBeGreaterThan(50);
  });
});

describe("the mean that a network subtracts", () => {
  it("is MNIST's mean image, as in the paper: at most 139.6, 33.3 on average", async () => {
    const { mean, dims, scale } = centreOnMeanImage(await readMnist("train", cache));
    expect(Math.max(...mean)).toBeCloseTo(139.6, 0);
    expect(mean.reduce((sum, value) => sum + value, 0) / mean.length).toBeCloseTo(33.3, 1);
    expect({ dims, scale }).toEqual({ dims: [1, 28, 28], scale: 1 / 256 });
  });

  it("is one value per channel for training with shifted images", () => {
    const images = Uint8Array.of(0, 2, 10, 30, 100, 100, 4, 6, 20, 40, 200, 100);
    const { mean, dims } = centreOnMeanColour({
      shape: { width: 2, height: 1, channels: 3 },
      classes: 2,
      count: 2,
      images,
      labels: Uint8Array.of(0, 1),
    });
    expect([...mean]).toEqual([3, 25, 125]);
    expect(dims).toEqual([3, 1, 1]);
  });
});

describe("training", () => {
  async function part(seed: number, images = 512): Promise<TrainingOptions> {
    const [fitted, rest] = splitImages(await readMnist("train", cache), images);
    const [validation] = splitImages(rest, 100);
    const recipe = { ...getOwnModel("lenet").recipe, epochs: 1 };
    return { network: leNet(), centring: centreOnMeanImage(fitted), recipe, fitted, validation, seed, threads: 1 };
  }

  it("learns from a part of MNIST, reports each epoch, and gives the same bytes for the same seed", async () => {
    const [test] = splitImages(await readMnist("t10k", cache), 1000);
    const epochs: number[] = [];
    const train = async (seed: number, images?: number) =>
      trainClassifier({ ...(await part(seed, images)), onEpoch: ({ epoch }) => epochs.push(epoch) });
    const first = await train(3);
    const again = await train(3);
    const other = await train(4);
    const longer = await train(3, 2048);
    expect(epochs).toEqual([1, 1, 1, 1]);
    expect(sha256(again.file)).toBe(sha256(first.file));
    expect(sha256(other.file)).not.toBe(sha256(first.file));
    // Guessing is wrong nine times in ten.
    expect(await errorRate({ file: longer.file, images: test, threads: 1 })).toBeLessThan(0.5);
  });

  it("stops at the next batch when aborted", async () => {
    const controller = new AbortController();
    let batches = 0;
    const training = trainClassifier({
      ...(await part(3)),
      signal: controller.signal,
      onBatch: () => {
        batches++;
        if (batches === 2) controller.abort(new Error("enough"));
      },
    });
    await expect(training).rejects.toThrow("enough");
    expect(batches).toBe(2);
  });

  it("suggests a smaller learning rate if it diverges", async () => {
    const options = await part(3);
    const wild = trainClassifier({ ...options, recipe: { ...options.recipe, learningRate: 1e30 } });
    await expect(wild).rejects.toMatchObject({ code: "INVALID_INPUT", message: expect.stringContaining("smaller learning rate") });
  });

  it.each(ownModels)("makes a network of $id with an added class", ({ network, dataSet }) => {
    const grown = network(dataSet.labels.length + 1);
    expect(grown.parameters.at(-1)?.dims).toEqual([dataSet.labels.length + 1]);
    expect(network().parameters.at(-1)?.dims).toEqual([dataSet.labels.length]);
  });
});
