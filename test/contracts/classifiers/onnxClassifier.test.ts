import { readFile } from "node:fs/promises";
import { readMnist } from "@pareidolia/classifiers/data/mnist/readMnist";
import { openClassifier } from "@pareidolia/classifiers/engines/openClassifier";
import { importModel } from "@pareidolia/classifiers/importers/importModel";
import { findZooModel } from "@pareidolia/classifiers/zoo/manifest";
import { modelFolder } from "@pareidolia/classifiers/zoo/modelCard";
import { openZooClassifier } from "@pareidolia/classifiers/zoo/openZooClassifier";
import { readModelFile } from "@pareidolia/classifiers/zoo/readZooModel";
import type { Classifier } from "@pareidolia/core/classifier";
import type { FloatImage, ImageShape } from "@pareidolia/core/image";
import type { Preprocessing } from "@pareidolia/core/preprocessing";
import { Purpose, Random } from "@pareidolia/core/random";
import { GraphBuilder, int, ints } from "@pareidolia/onnx/graphBuilder";
import { interleaveInput } from "@pareidolia/onnx/interleaveInput";
import { withPreprocessing } from "@pareidolia/onnx/prologue";
import { decodeModel } from "@pareidolia/onnx/proto/decodeModel";
import { encodeModel } from "@pareidolia/onnx/proto/encodeModel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { referenceLeNet } from "../../support/referenceLeNet.ts";
import { sharedCacheFolder } from "../../support/sharedCache.ts";

const cacheFolder = sharedCacheFolder();
let classifier: Classifier;
let digits: FloatImage[];
let labels: Uint8Array;

function toImage(pixels: Float32Array): FloatImage {
  return { width: 28, height: 28, channels: 1, pixels };
}

function noise(index: number): FloatImage {
  const random = new Random({ seed: 5, generation: 0, index, purpose: Purpose.NOISE });
  return toImage(Float32Array.from({ length: 784 }, () => 255 * random.uniform()));
}

function colourNoise(index: number, { width, height, channels }: ImageShape): FloatImage {
  const random = new Random({ seed: 6, generation: 0, index, purpose: Purpose.NOISE });
  return { width, height, channels, pixels: Float32Array.from({ length: width * height * channels }, () => 255 * random.uniform()) };
}

/** The number of live worker threads of this process. */
function liveThreads(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === "MessagePort" || resource === "Worker").length;
}

function untouched(input: ImageShape): Preprocessing {
  return { ...input, channelOrder: "RGB", layout: "NCHW", mean: [0], deviation: [1] };
}

beforeAll(async () => {
  classifier = await openZooClassifier({ id: "lenet", cacheFolder, threads: 2 });
  const test = await readMnist("t10k", { cacheFolder });
  labels = test.labels;
  digits = Array.from({ length: test.count }, (_, index) =>
    toImage(Float32Array.from(test.images.subarray(index * 784, (index + 1) * 784))),
  );
});

afterAll(() => classifier.dispose());

describe("the committed LeNet in onnxruntime", () => {
  it("labels at most 1.0% of MNIST's test set wrongly, exactly as many as its card says", async () => {
    const scores = await classifier.predict(digits);
    let wrong = 0;
    for (const [row, label] of labels.entries()) {
      const probabilities = scores.probabilities.subarray(row * 10, (row + 1) * 10);
      if (probabilities.indexOf(Math.max(...probabilities)) !== label) wrong++;
    }
    expect(wrong / labels.length).toBeLessThanOrEqual(0.01);
    // Another instruction set may change the label of a digit near a decision boundary.
    expect(Math.abs(wrong / labels.length - (findZooModel("lenet")?.testError ?? 1))).toBeLessThanOrEqual(0.0002);
  });

  it("agrees with a reference implementation on digits, noise, black and white", async () => {
    const { initializers } = decodeModel(await readFile(new URL("lenet.onnx", modelFolder)));
    const flat = (value: number) => toImage(new Float32Array(784).fill(value));
    const images = [...digits.slice(0, 12), noise(1), noise(2), flat(0), flat(255)];
    const { probabilities } = await classifier.predict(images);
    for (const [row, image] of images.entries())
      for (const [label, expected] of referenceLeNet(initializers, image.pixels).entries())
        expect(Math.abs((probabilities[row * 10 + label] as number) - expected)).toBeLessThan(1e-5);
  });

  it("gives an image the same bits in any batch, at any position, with any number of threads", async () => {
    const images = Array.from({ length: 600 }, (_, index) => (index % 3 === 0 ? noise(index) : (digits[index] as FloatImage)));
    const together = (await classifier.predict(images)).probabilities;
    const single = await openZooClassifier({ id: "lenet", cacheFolder, threads: 1 });
    try {
      for (const size of [1, 7, 64, 600]) {
        const apart = await Promise.all(
          Array.from({ length: Math.ceil(images.length / size) }, (_, part) =>
            single.predict(images.slice(part * size, (part + 1) * size)),
          ),
        );
        expect(Buffer.compare(bits(apart.flatMap((scores) => [...scores.probabilities])), bits(together)), `batches of ${size}`).toBe(0);
      }
    } finally {
      await single.dispose();
    }
    const reversed = (await classifier.predict(images.toReversed())).probabilities;
    for (const row of [0, 1, 299, 599])
      expect(bits(reversed.subarray((599 - row) * 10, (600 - row) * 10))).toEqual(bits(together.subarray(row * 10, (row + 1) * 10)));
  });

  it("returns each concurrent call its own scores", async () => {
    const alone = await Promise.all([3, 1, 2].map((start) => classifier.predict(digits.slice(start, start + 1))));
    const atOnce = await Promise.all(
      Array.from({ length: 60 }, (_, call) => classifier.predict(digits.slice([3, 1, 2][call % 3], ([3, 1, 2][call % 3] as number) + 1))),
    );
    for (const [call, scores] of atOnce.entries()) expect(scores).toEqual(alone[call % 3]);
  });

  it("leaves the event loop free while it computes", async () => {
    let turns = 0;
    let running = true;
    const turn = (): void => {
      turns++;
      if (running) setImmediate(turn);
    };
    setImmediate(turn);
    await classifier.predict(digits.slice(0, 4000));
    running = false;
    // On the event loop, the whole batch would take only a few turns, at most one per piece.
    expect(turns).toBeGreaterThan(200);
  });

  it("returns no rows for no images", async () => {
    expect(await classifier.predict([])).toEqual({ count: 0, classes: 10, probabilities: new Float32Array() });
  });

  it("refuses an image of the wrong shape, and one with too few pixels for its shape", async () => {
    for (const wrong of [
      { width: 27, height: 28, channels: 1, pixels: new Float32Array(756) },
      { width: 28, height: 28, channels: 3, pixels: new Float32Array(2352) },
      { width: 28, height: 28, channels: 1, pixels: new Float32Array(783) },
    ] satisfies FloatImage[])
      await expect(classifier.predict([noise(0), wrong])).rejects.toMatchObject({
        code: "INVALID_INPUT",
        message: expect.stringContaining("Image 1"),
      });
  });

  it("rejects when the caller aborts, and serves the next call", async () => {
    const reason = new Error("enough");
    await expect(classifier.predict(digits.slice(0, 10), AbortSignal.abort(reason))).rejects.toBe(reason);
    const controller = new AbortController();
    const started = classifier.predict(digits, controller.signal);
    controller.abort(reason);
    await expect(started).rejects.toBe(reason);
    expect((await classifier.predict(digits.slice(0, 3))).count).toBe(3);
  });

  it("names its engine, device, threads and instruction set", () => {
    expect(classifier.engine).toMatch(/^onnxruntime \d+\.\d+\.\d+ CPU, 2 threads, \S+$/);
  });
});

describe("the committed network for colour images in onnxruntime", () => {
  it("gives an image the same bits in any batch, at any position, with any number of threads", async () => {
    const model = findZooModel("small-cifar10");
    if (model === null) throw new Error("the zoo has no small network for colour images");
    const file = await readModelFile(model, { cacheFolder });
    // Its channels are interleaved for scoring, unlike those of a grey network.
    expect(interleaveInput(withPreprocessing(importModel(file), model.preprocessing, { kind: "whole" }))).not.toBeNull();
    const images = Array.from({ length: 150 }, (_, index) => colourNoise(index, model));
    const [several, single] = await Promise.all([2, 1].map((threads) => openZooClassifier({ id: model.id, cacheFolder, threads })));
    if (several === undefined || single === undefined) throw new Error("both classifiers open");
    try {
      const together = (await several.predict(images)).probabilities;
      expect(new Set(together).size).toBeGreaterThan(images.length);
      for (const size of [1, 7, 64, 150]) {
        const apart: number[] = [];
        for (let start = 0; start < images.length; start += size)
          apart.push(...(await single.predict(images.slice(start, start + size))).probabilities);
        expect(Buffer.compare(bits(apart), bits(together)), `batches of ${size}`).toBe(0);
      }
      const reversed = (await several.predict(images.toReversed())).probabilities;
      for (const row of [0, 1, 74, 149])
        expect(bits(reversed.subarray((149 - row) * 10, (150 - row) * 10))).toEqual(bits(together.subarray(row * 10, (row + 1) * 10)));
    } finally {
      await Promise.all([several.dispose(), single.dispose()]);
    }
  });
});

describe("a classifier's life", () => {
  it("leaves no threads after its disposal, and refuses further work", async () => {
    const before = liveThreads();
    const short = await openZooClassifier({ id: "lenet", cacheFolder, threads: 3 });
    expect(liveThreads()).toBeGreaterThan(before);
    const last = short.predict(digits.slice(0, 5));
    await short.dispose();
    await short.dispose();
    expect(liveThreads()).toBe(before);
    await expect(last).resolves.toMatchObject({ count: 5 });
    await expect(short.predict(digits.slice(0, 1))).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  it("leaves no threads if onnxruntime refuses the model", async () => {
    const before = liveThreads();
    const builder = new GraphBuilder("wrong");
    builder.input({ name: "pixels", type: "float32", dims: ["batch", 1, 2, 2] });
    const flat = builder.node("Flatten", "flat", ["pixels"]);
    builder.floats("weights", [2, 5], new Float32Array(10));
    builder.output({
      name: builder.node("Gemm", "probabilities", [flat, "weights"], { transB: int(1), kernel_shape: ints([1]) }),
      type: "float32",
      dims: ["batch", 2],
    });
    const opened = openClassifier({
      file: encodeModel(builder.build()),
      preprocessing: untouched({ width: 2, height: 2, channels: 1 }),
      labels: ["a", "b"],
      threads: 2,
    });
    await expect(opened).rejects.toMatchObject({ code: "CORRUPT_DATA", message: expect.stringContaining("onnxruntime refuses") });
    expect(liveThreads()).toBe(before);
  });

  it("refuses a model whose shape differs from the declared shape", async () => {
    const file = await readFile(new URL("lenet.onnx", modelFolder));
    for (const [channels, labels] of [
      [3, classifier.labels],
      [1, ["a"]],
    ] as const)
      await expect(openClassifier({ file, preprocessing: untouched({ width: 28, height: 28, channels }), labels })).rejects.toMatchObject({
        code: "INVALID_INPUT",
      });
    await expect(
      openClassifier({ file: file.subarray(0, 9000), preprocessing: untouched(classifier.input), labels: classifier.labels }),
    ).rejects.toMatchObject({ code: "CORRUPT_DATA" });
  });

  it("changes its model's hash with the file", async () => {
    const builder = (bias: number): Uint8Array => {
      const graph = new GraphBuilder("tiny");
      graph.input({ name: "pixels", type: "float32", dims: ["batch", 1, 1, 2] });
      graph.floats("bias", [2], Float32Array.of(0, bias));
      const sum = graph.node("Add", "sum", [graph.node("Flatten", "flat", ["pixels"]), "bias"]);
      graph.output({ name: graph.node("Softmax", "probabilities", [sum], { axis: int(1) }), type: "float32", dims: ["batch", 2] });
      return encodeModel(graph.build());
    };
    const hashes = [];
    for (const bias of [0, 0, 1]) {
      const tiny = await openClassifier({
        file: builder(bias),
        preprocessing: untouched({ width: 2, height: 1, channels: 1 }),
        labels: ["a", "b"],
        threads: 1,
      });
      hashes.push(tiny.modelHash);
      await tiny.dispose();
    }
    expect(hashes[0]).toBe(hashes[1]);
    expect(hashes[0]).not.toBe(hashes[2]);
    expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/);
  });

  it("passes a colour image to the network plane by plane", async () => {
    const graph = new GraphBuilder("planes");
    graph.input({ name: "pixels", type: "float32", dims: ["batch", 3, 1, 2] });
    const axes = graph.integers("axes", [2, 3]);
    const sums = graph.node("ReduceSum", "sums", ["pixels", axes], { keepdims: int(0) });
    graph.output({ name: graph.node("Softmax", "probabilities", [sums], { axis: int(1) }), type: "float32", dims: ["batch", 3] });
    const planes = await openClassifier({
      file: encodeModel(graph.build()),
      preprocessing: untouched({ width: 2, height: 1, channels: 3 }),
      labels: ["r", "g", "b"],
      threads: 1,
    });
    const { probabilities } = await planes.predict([{ width: 2, height: 1, channels: 3, pixels: Float32Array.of(0, 3, 0, 0, 1, 0) }]);
    await planes.dispose();
    const powers = [0, 4, 0].map(Math.exp);
    for (const [label, power] of powers.entries())
      expect(probabilities[label]).toBeCloseTo(power / (powers[0]! + powers[1]! + powers[2]!), 6);
  });
});

describe("the zoo", () => {
  it("lists the known models if the id is unknown", async () => {
    await expect(openZooClassifier({ id: "lenet2", cacheFolder })).rejects.toMatchObject({
      code: "NOT_FOUND",
      message: expect.stringContaining("lenet"),
    });
  });

  it("refuses a file whose hash is not the manifest's", async () => {
    const model = findZooModel("lenet");
    if (model === null) throw new Error("the zoo has no LeNet");
    await expect(readModelFile({ ...model, sha256: "0".repeat(64) }, { cacheFolder })).rejects.toMatchObject({ code: "CORRUPT_DATA" });
  });
});

function bits(values: ArrayLike<number>): Buffer {
  return Buffer.from(Float32Array.from(values).buffer);
}
