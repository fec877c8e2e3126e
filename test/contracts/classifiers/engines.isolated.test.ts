import { openClassifier } from "@pareidolia/classifiers/engines/openClassifier";
import { openZooClassifier } from "@pareidolia/classifiers/zoo/openZooClassifier";
import type { DifferentiableClassifier, GradientOutput } from "@pareidolia/core/differentiableClassifier";
import { type FloatImage, type ImageShape, pixelCount } from "@pareidolia/core/image";
import { Purpose, Random } from "@pareidolia/core/random";
import type { Graph } from "@pareidolia/onnx/graph";
import { GraphBuilder, int, ints } from "@pareidolia/onnx/graphBuilder";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { alexNet, openAlexNet } from "../../support/alexNet.ts";
import { distanceOf, isOptional, largestDifference, readyEngines, referenceEngine, runsLargeNetworks } from "../../support/engineCases.ts";
import { sampled } from "../../support/extent/sampled.ts";
import { openSmallMobileNet } from "../../support/mobileNet.ts";
import { type PhotoName, readPhoto } from "../../support/photos.ts";
import { sharedCacheFolder } from "../../support/sharedCache.ts";
import { openSmallSqueezeNet } from "../../support/squeezenet.ts";

const cacheFolder = sharedCacheFolder();
const ready = await readyEngines();
const outputs: readonly GradientOutput[] = ["logits", "log-probabilities", "probabilities"];

interface Network {
  readonly name: string;
  readonly photos: readonly PhotoName[];
  /** Larger than rounding: an activation near its kink (0 or 6), or two nearly equal values of a window, may fall to either side. */
  readonly largestRelative: number;
  /** The engines to test; default: all. */
  readonly engines?: readonly string[];
  readonly small?: boolean;
  open(engine: string): Promise<DifferentiableClassifier>;
}

const zoo = (id: string) => (engine: string) => openZooClassifier({ id, cacheFolder, engine });
let drawnAlexNet: Graph | undefined;
/** Created once, as it has nine million weights. */
const alexNetGraph = (): Graph => {
  drawnAlexNet ??= alexNet({ normalised: true, units: 512 });
  return drawnAlexNet;
};
const networks: readonly Network[] = [
  { name: "LeNet", photos: [], largestRelative: 1e-3, small: true, open: zoo("lenet") },
  { name: "SqueezeNet", photos: ["owl.jpg"], largestRelative: 1e-2, open: (engine) => openSmallSqueezeNet({ engine }) },
  {
    name: "SqueezeNet without corners",
    photos: ["owl.jpg"],
    largestRelative: 1e-3,
    open: (engine) => openSmallSqueezeNet({ engine, smooth: true }),
  },
  {
    name: "a net of AlexNet's layers",
    photos: ["owl.jpg"],
    largestRelative: 1e-3,
    // On wasm, an activation falls to the other side of its kink.
    engines: [referenceEngine, "tfjs-node-gpu"],
    open: (engine) => openAlexNet(engine, alexNetGraph(), 1),
  },
  { name: "MobileNetV2", photos: ["parrot.jpg"], largestRelative: 1e-2, open: openSmallMobileNet },
];

function drawn(index: number, count: number): Float32Array {
  const random = new Random({ seed: 8, generation: 0, index, purpose: Purpose.NOISE });
  return Float32Array.from({ length: count }, () => random.uniform());
}

const noise = (shape: ImageShape, index: number): FloatImage => ({
  ...shape,
  pixels: drawn(index, pixelCount(shape)).map((value) => 255 * value),
});
const weightsFor = (images: number, classes: number): Float32Array => drawn(99, images * classes).map((value) => value - 0.5);

/** The number of live worker threads of this process. */
function liveThreads(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === "MessagePort" || resource === "Worker").length;
}

const small = { width: 7, height: 6, channels: 3 } as const;

/** Overlapping, padded windows over activations far below zero: each of these was computed incorrectly by some backend. */
function negativePooling(): Graph {
  const builder = new GraphBuilder("negativePooling");
  builder.input({ name: "pixels", type: "float32", dims: ["batch", 3, 6, 7] });
  builder.floats(
    "kernel",
    [4, 3, 3, 3],
    drawn(1, 108).map((value) => (value - 0.5) / 64),
  );
  builder.floats("bias", [4], Float32Array.of(-40, -50, -60, -70));
  const conv = builder.node("Conv", "conv", ["pixels", "kernel", "bias"], { kernel_shape: ints([3, 3]), pads: ints([1, 1, 1, 1]) });
  const pool = builder.node("MaxPool", "pool", [conv], { kernel_shape: ints([3, 3]), strides: ints([2, 2]), pads: ints([1, 1, 1, 1]) });
  const plain = builder.node("MaxPool", "plain", [pool], { kernel_shape: ints([2, 2]), strides: ints([1, 1]) });
  const flat = builder.node("Flatten", "flat", [plain], { axis: int(1) });
  builder.floats(
    "dense",
    [24, 5],
    drawn(2, 120).map((value) => value - 0.5),
  );
  const scores = builder.node("MatMul", "scores", [flat, "dense"]);
  builder.output({ name: builder.node("Softmax", "scored", [scores], { axis: int(1) }), type: "float32", dims: ["batch", 5] });
  return builder.build();
}

const openNegativePooling = (engine: string) =>
  openClassifier({
    graph: negativePooling(),
    preprocessing: { ...small, channelOrder: "BGR", layout: "NCHW", mean: [100, 110, 120], deviation: [2] },
    labels: ["a", "b", "c", "d", "e"],
    threads: 2,
    engine,
  });

describe("the engines that load here", () => {
  it("include onnxruntime, and tfjs on WebAssembly and in plain JavaScript", () => {
    expect(ready).toEqual(expect.arrayContaining([referenceEngine, "tfjs-wasm", "tfjs-cpu"]));
  });
});

/** A sample has the smallest network on each engine, and one large network on each of those that load everywhere. */
const pairs = sampled(
  networks.flatMap((network) =>
    ready
      .filter((engine) => (network.engines?.includes(engine) ?? true) && (network.small === true || runsLargeNetworks(engine)))
      .map((engine) => ({ network: network.name, engine, size: network.small === true || isOptional(engine) ? "small" : "large" })),
  ),
  { by: ({ engine, size }) => `${size} on ${engine}` },
);
const enginesOf = (name: string): readonly string[] => pairs.flatMap(({ network, engine }) => (network === name ? [engine] : []));

describe.each(networks.filter(({ name }) => enginesOf(name).length > 0))("$name", ({ name, photos, largestRelative, open }) => {
  let images: FloatImage[];
  let weights: Float32Array;
  let expected: Awaited<ReturnType<DifferentiableClassifier["inputGradients"]>>;
  let reference: DifferentiableClassifier;

  beforeAll(async () => {
    reference = await open(referenceEngine);
    const { input, labels } = reference;
    images = await Promise.all(photos.map((name) => readPhoto(name, input.width)));
    if (images.length === 0) images = [0, 1, 2].map((index) => noise(input, index));
    weights = weightsFor(images.length, labels.length);
    expected = await reference.inputGradients(images, { of: "logits", weights });
  }, 120_000);
  afterAll(() => reference.dispose());

  it.each(enginesOf(name))(
    "has on %s the reference's probabilities and input gradients",
    async (engine) => {
      const classifier = engine === referenceEngine ? reference : await open(engine);
      try {
        const scores = await classifier.predict(images);
        expect(largestDifference(scores.probabilities, expected.probabilities)).toBeLessThan(1e-4);
        const result = await classifier.inputGradients(images, { of: "logits", weights });
        expect(largestDifference(result.probabilities, expected.probabilities)).toBeLessThan(1e-4);
        expect(largestDifference(result.logits, expected.logits)).toBeLessThan(1e-2);
        const { cosine, relative } = distanceOf(result.gradients, expected.gradients);
        expect(cosine).toBeGreaterThanOrEqual(0.9999);
        expect(relative).toBeLessThanOrEqual(largestRelative);
      } finally {
        if (classifier !== reference) await classifier.dispose();
      }
    },
    300_000,
  );
});

describe.each(ready)("%s", (engine) => {
  let classifier: DifferentiableClassifier;
  let reference: DifferentiableClassifier;
  const images = [0, 1, 2, 3, 4].map((index) => noise(small, index));
  const weights = weightsFor(images.length, 5);

  beforeAll(async () => {
    classifier = await openNegativePooling(engine);
    reference = await openNegativePooling(referenceEngine);
  });
  afterAll(async () => {
    await classifier.dispose();
    await reference.dispose();
  });

  it("finds the maximum of windows with only negative values", async () => {
    const { gradients } = await classifier.inputGradients(images, { of: "logits", weights });
    const { gradients: expected } = await reference.inputGradients(images, { of: "logits", weights });
    expect(distanceOf(gradients, expected).relative).toBeLessThan(1e-4);
    const step = 0.5;
    const moved = images.map((image) =>
      [-step, step].map((by) => ({ ...image, pixels: image.pixels.with(20, (image.pixels[20] as number) + by) })),
    );
    const scores = await classifier.scoreWithLogits(moved.flat());
    for (const [row] of images.entries()) {
      const weighted = [0, 1].map((side) =>
        scores.logits
          .subarray((2 * row + side) * 5, (2 * row + side + 1) * 5)
          .reduce((sum, logit, label) => sum + logit * (weights[row * 5 + label] as number), 0),
      ) as [number, number];
      expect(Math.abs(weighted[1] - weighted[0] - 2 * step * (gradients[row * 126 + 20] as number))).toBeLessThan(2e-3);
    }
  });

  it.each(outputs)("computes the gradient of %s, with separate weights for each image", async (of) => {
    const { gradients } = await classifier.inputGradients(images, { of, weights });
    const { gradients: expected } = await reference.inputGradients(images, { of, weights });
    expect(distanceOf(gradients, expected).cosine).toBeGreaterThan(0.9999);
    const none = await classifier.inputGradients(images, { of, weights: new Float32Array(25) });
    expect(largestDifference(none.gradients, new Float32Array(gradients.length))).toBe(0);
  });

  it("computes the same scores and gradients for an image alone and at any position of a batch", async () => {
    const together = await classifier.inputGradients(images, { of: "logits", weights });
    for (const row of [0, 3]) {
      const alone = await classifier.inputGradients([images[row] as FloatImage], {
        of: "logits",
        weights: weights.slice(row * 5, row * 5 + 5),
      });
      expect(largestDifference(alone.probabilities, together.probabilities.subarray(row * 5, row * 5 + 5))).toBeLessThan(1e-6);
      expect(distanceOf(alone.gradients, together.gradients.subarray(row * 126, (row + 1) * 126)).relative).toBeLessThan(1e-5);
    }
    const { logits } = await classifier.scoreWithLogits(images.toReversed());
    expect(largestDifference(logits.subarray(0, 5), together.logits.subarray(20, 25))).toBeLessThan(1e-4);
  });

  it("returns each concurrent call its own result, without effects on later calls", async () => {
    const expected = await reference.predict(images);
    const calls = await Promise.all(
      Array.from({ length: 30 }, (_, call) =>
        call % 3 === 2
          ? classifier.inputGradients([images[call % 5] as FloatImage], { of: "logits", weights: weights.slice(0, 5) })
          : classifier.predict([images[call % 5] as FloatImage]),
      ),
    );
    for (const [call, scores] of calls.entries())
      expect(largestDifference(scores.probabilities, expected.probabilities.subarray((call % 5) * 5, (call % 5) * 5 + 5))).toBeLessThan(
        1e-5,
      );
  });

  it("returns no rows for no images", async () => {
    const none = await classifier.inputGradients([], { of: "logits", weights: new Float32Array() });
    expect(none).toMatchObject({ count: 0, classes: 5, gradients: new Float32Array() });
  });

  it("refuses an image of the wrong shape, and the wrong number of weights", async () => {
    const wrong = noise({ width: 6, height: 7, channels: 3 }, 1);
    for (const call of [
      () => classifier.predict([wrong]),
      () => classifier.scoreWithLogits([wrong]),
      () => classifier.inputGradients([wrong], { of: "logits", weights: new Float32Array(5) }),
      () => classifier.inputGradients(images, { of: "logits", weights: new Float32Array(24) }),
    ])
      await expect(call()).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });

  it("rejects when the caller aborts, and serves the next call", async () => {
    const reason = new Error("enough");
    const controller = new AbortController();
    const started = classifier.inputGradients(images, { of: "logits", weights }, controller.signal);
    controller.abort(reason);
    await expect(started).rejects.toBe(reason);
    expect((await classifier.predict(images)).count).toBe(5);
  });

  it("leaves no threads after its disposal, and refuses further work", async () => {
    const before = liveThreads();
    const short = await openNegativePooling(engine);
    expect(liveThreads()).toBeGreaterThan(before);
    const last = short.inputGradients(images, { of: "probabilities", weights });
    await short.dispose();
    await short.dispose();
    expect(liveThreads()).toBe(before);
    await expect(last).resolves.toMatchObject({ count: 5 });
    await expect(short.predict(images)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  it("names itself, and gives the model the same hash as every engine", () => {
    expect(classifier.engine).toMatch(/\d+\.\d+\.\d+/);
    expect(classifier.modelHash).toBe(reference.modelHash);
  });
});
