import { importModel } from "@pareidolia/classifiers/importers/importModel";
import { importTflite } from "@pareidolia/classifiers/importers/tflite/importTflite";
import { AppError } from "@pareidolia/core/appError";
import { Purpose, Random } from "@pareidolia/core/random";
import { describe, expect, it } from "vitest";
import { runImageGraph } from "../../../support/runGraph.ts";
import { drawValues, type Quantisation, shapesModel, type TfliteFile, TfliteWriter, windowsModel } from "../../../support/tfliteModels.ts";
import { computedShapesModel, slicesModel } from "../../../support/tfliteShapeModels.ts";

const models: readonly [string, TfliteFile][] = [
  ["windows, sums and resizing", windowsModel],
  ["reshapes, axes and half precision", shapesModel],
  ["shapes computed from shapes", computedShapesModel],
  ["borders, dilation through the batch, bounds and slices", slicesModel],
];

/** A 1x1 convolution of two channels with simple 8-bit numbers: real = 0.5 x (stored - 10). */
function smallConvolution(options: {
  type: "uint8" | "int8";
  weights: ArrayBufferView;
  scheme: Quantisation;
  output: Quantisation;
}): Uint8Array {
  const { type, weights, scheme, output } = options;
  const input: Quantisation = { scales: [0.5], zeroPoints: [10] };
  const net = new TfliteWriter([1, 1, 1, 2], type, input);
  const stored = net.tensor([2, 1, 1, 2], type, weights, scheme);
  const bias = net.tensor([2], "int32", Int32Array.of(4, -8), { scales: scheme.scales.map((scale) => scale * 0.5), zeroPoints: [0] });
  const result = net.tensor([1, 1, 1, 2], type, undefined, output);
  const fields = { 0: { byte: 1 }, 1: { int: 1 }, 2: { int: 1 }, 3: { byte: 0 }, 4: { int: 1 }, 5: { int: 1 } };
  net.connect(3, [0, stored, bias], result, { type: 1, fields });
  return net.finish(result);
}

const wide: Quantisation = { scales: [0.1], zeroPoints: [100] };

describe("a TFLite file", () => {
  it.each(models)("computes what Google's interpreter computes (%s), alone and in a batch", async (_, { bytes, input, expected }) => {
    const image = drawValues(0, input[0] * input[1] * input[2]);
    const [first, blank, again] = await runImageGraph(importTflite(bytes), [image, new Float32Array(image.length), image]);
    expect(first).toHaveLength(expected.length);
    for (const [index, value] of expected.entries()) expect(first?.[index]).toBeCloseTo(value, 5);
    expect(again).toEqual(first);
    expect(blank).not.toEqual(first);
  });

  it("dequantises uint8 weights with one scale", async () => {
    // (stored - 128) x 0.25: 1 and -2 for the first channel, 0.5 and 3 for the second; biases 4 and -8 times 0.125.
    const bytes = smallConvolution({
      type: "uint8",
      weights: Uint8Array.of(132, 120, 130, 140),
      scheme: { scales: [0.25], zeroPoints: [128] },
      output: wide,
    });
    const [result] = await runImageGraph(importTflite(bytes), [Float32Array.of(3, 5)]);
    expect(result).toEqual([3 * 1 - 2 * 5 + 0.5, 0.5 * 3 + 3 * 5 - 1]);
  });

  it("dequantises int8 weights with one scale per channel", async () => {
    const bytes = smallConvolution({
      type: "int8",
      weights: Int8Array.of(4, -8, 2, 12),
      scheme: { scales: [0.25, 2], zeroPoints: [0, 0], axis: 0 },
      output: { scales: [0.1], zeroPoints: [0] },
    });
    const [result] = await runImageGraph(importTflite(bytes), [Float32Array.of(3, 5)]);
    expect(result).toEqual([3 * 1 - 2 * 5 + 0.5, 4 * 3 + 24 * 5 - 8]);
  });

  it("dequantises the filters of a transposed convolution, slopes and bounds", async () => {
    const scheme: Quantisation = { scales: [0.5], zeroPoints: [10] };
    const net = new TfliteWriter([1, 1, 2, 2], "int8", scheme);
    // Channel 0 of the result: 1 and -2; channel 1: 4 and 24; one pixel each, with zeros between them.
    const filters = net.tensor([2, 1, 1, 2], "int8", Int8Array.of(4, -8, 2, 12), { scales: [0.25, 2], zeroPoints: [0, 0], axis: 0 });
    const bias = net.tensor([2], "int32", Int32Array.of(4, -8), { scales: [0.125, 1], zeroPoints: [0, 0] });
    const wider = net.tensor([1, 1, 4, 2], "int8", undefined, wide);
    const steps = { 0: { byte: 0 }, 1: { int: 2 }, 2: { int: 1 } };
    net.connect(67, [net.integers([1, 1, 4, 2]), filters, 0, bias], wider, { type: 49, fields: steps });
    const slopes = net.tensor([1, 1, 2], "int8", Int8Array.of(7, -3), { scales: [0.25], zeroPoints: [5] });
    const sloped = net.tensor([1, 1, 4, 2], "int8", undefined, wide);
    net.connect(54, [wider, slopes], sloped);
    const bounded = net.tensor([1, 1, 4, 2], "int8", undefined, wide);
    net.connect(57, [sloped, net.tensor([], "int8", Int8Array.of(50), { scales: [0.5], zeroPoints: [-10] })], bounded);
    const [result] = await runImageGraph(importTflite(net.finish(bounded)), [Float32Array.of(3, 5, -1, -0.5)]);
    // A slope of 0.5, then one of -2 under a bound of 30; the graph's result is channels first.
    expect(result).toEqual([(3 - 10 + 0.5) * 0.5, 0.5, -1 + 1 + 0.5, 0.5, 30, 16, 30, 16]);
  });

  it.each<[string, Quantisation, readonly number[]]>([
    ["at zero, which is a ReLU", { scales: [0.1], zeroPoints: [0] }, [0, 15.5]],
    ["at zero and six, which is a ReLU6", { scales: [6 / 255], zeroPoints: [0] }, [0, 6]],
    ["elsewhere, which comes from calibration", wide, [-6.5, 15.5]],
  ])("applies the activation implied by the output's range: %s", async (_, output, expected) => {
    const scheme = { scales: [0.25], zeroPoints: [128] };
    const bytes = smallConvolution({ type: "uint8", weights: Uint8Array.of(132, 120, 130, 140), scheme, output });
    expect((await runImageGraph(importTflite(bytes), [Float32Array.of(3, 5)]))[0]).toEqual(expected);
  });

  it("treats a one-element list as a scalar if its axis is dropped", async () => {
    const net = new TfliteWriter([1, 4, 6, 2]);
    const cut = (from: number, source: number, to: number, shrink: 0 | 1): number => {
      net.connect(45, [source, net.integers([from]), net.integers([from + 1]), net.integers([1])], to, {
        type: 32,
        fields: { 0: { int: 0 }, 1: { int: 0 }, 2: { int: 0 }, 3: { int: 0 }, 4: { int: shrink } },
      });
      return to;
    };
    const shape = net.tensor([4], "int32");
    net.connect(77, [0], shape, { type: 55, fields: { 0: { byte: 2 } } });
    const one = cut(2, shape, net.tensor([1], "int32"), 0);
    const columns = cut(0, one, net.tensor([], "int32"), 1);
    const sizes = net.tensor([3], "int32");
    net.connect(83, [net.integers([1], []), columns, net.integers([8], [])], sizes, {
      type: 59,
      fields: { 0: { int: 3 }, 1: { int: 0 } },
    });
    const graph = importTflite(net.finish(net.operator(22, [0, sizes], [1, 6, 8])));
    expect(graph.outputs[0]?.dims).toEqual(["batch", 6, 8]);
  });

  it("is recognised by its content", () => {
    expect(importModel(windowsModel.bytes)).toEqual(importTflite(windowsModel.bytes));
  });

  it("names an unsupported operator", () => {
    const net = new TfliteWriter([1, 2, 2, 1]);
    const bytes = net.finish(net.operator(16, [0], [1, 2, 2, 1]));
    expect(() => importTflite(bytes)).toThrow(/the operator LSTM of "t1" is not supported/);
  });

  it.each<[string, (net: TfliteWriter) => number, RegExp]>([
    [
      "rows of pixels read as a batch",
      (net) => net.operator(19, [net.operator(22, [0, net.integers([-1, 2])], [1, 2])], [1, 2]),
      /input 0 of tensor3.RELU has no batch axis: it is a matrix of pixels/,
    ],
    [
      "a reshape that does not divide evenly",
      (net) => net.operator(22, [0, net.integers([1, -1, 7])], [1, 1, 7]),
      /cannot reshape 1 x 4 x 6 x 2 to 1 x/,
    ],
    [
      "rows that do not divide evenly",
      (net) => net.operator(22, [0, net.integers([-1, 7])], [1, 7]),
      /cannot reshape 1 x 4 x 6 x 2 to 6.8/,
    ],
    ["negative sizes", (net) => net.operator(22, [0, net.integers([1, -6, -8])], [1, 6, 8]), /cannot reshape 1 x 4 x 6 x 2 to 1 x -6 x -8/],
    [
      "a split batch without a convolution",
      (net) =>
        net.operator(19, [net.operator(38, [0, net.integers([2, 2]), net.integers([0, 0, 0, 0], [2, 2])], [4, 2, 3, 2])], [4, 2, 3, 2]),
      /RELU has no batch axis: it is split by SPACE_TO_BATCH_ND/,
    ],
    [
      "a split that does not divide evenly",
      (net) => net.operator(38, [0, net.integers([3, 2]), net.integers([0, 0, 0, 0], [2, 2])], [6, 2, 3, 2]),
      /cannot split 1 x 4 x 6 x 2 into blocks of 3 x 2/,
    ],
    [
      "a batch that was never split",
      (net) => net.operator(37, [0, net.integers([2, 2]), net.integers([0, 0, 0, 0], [2, 2])], [1, 8, 12, 2]),
      /no SPACE_TO_BATCH_ND with the same blocks before it/,
    ],
    [
      "a mirrored border larger than the image",
      (net) => net.operator(100, [0, net.integers([0, 0, 4, 0, 0, 0, 0, 0], [4, 2])], [1, 8, 6, 2]),
      /mirrors more pixels than 1 x 4 x 6 x 2 has/,
    ],
    [
      "a slice that keeps nothing",
      (net) =>
        net.operator(45, [0, net.integers([0, 3]), net.integers([1, 3]), net.integers([1, 1])], [1, 1, 6, 2], {
          type: 32,
          fields: { 0: { int: 0 } },
        }),
      /STRIDED_SLICE keeps nothing of 1 x 4 x 6 x 2/,
    ],
    [
      "a slice beyond the end",
      (net) => net.operator(65, [0, net.integers([0, 3, 0, 0]), net.integers([1, 2, -1, -1])], [1, 2, 6, 2]),
      /SLICE slices 2 positions from 3 with step 1 out of 1 x 4 x 6 x 2/,
    ],
    [
      "a transposed convolution whose size does not match its input",
      (net) =>
        net.operator(67, [net.integers([1, 9, 12, 3]), net.weights([3, 3, 3, 2]), 0], [1, 9, 12, 3], {
          type: 49,
          fields: { 0: { byte: 0 }, 1: { int: 2 }, 2: { int: 2 } },
        }),
      /cannot convert 1 x 4 x 6 x 2 to 9 x 12 with filters of 2 x 3 x 3 x 3/,
    ],
    [
      "parts that do not divide an axis",
      (net) => {
        const parts = [net.tensor([1, 1, 6, 2]), net.tensor([1, 1, 6, 2]), net.tensor([1, 1, 6, 2])] as const;
        net.connect(49, [net.integers([1], []), 0], parts, { type: 35, fields: { 0: { int: 3 } } });
        return parts[0];
      },
      /SPLIT splits 1 x 4 x 6 x 2 along axis 1 into 1\.3/,
    ],
    [
      "a maximum over the batch",
      (net) => net.operator(82, [0, net.integers([0, 1])], [6, 2], { type: 27, fields: { 0: { byte: 0 } } }),
      /reduces the batch/,
    ],
  ])("refuses %s", (_, add, message) => {
    const net = new TfliteWriter([1, 4, 6, 2]);
    expect(() => importTflite(net.finish(add(net)))).toThrow(message);
  });

  it("refuses weights that do not match their shape", () => {
    const net = new TfliteWriter([1, 2, 2, 1]);
    const lying = net.tensor([1 << 14, 1 << 14], "float32", Float32Array.of(1));
    expect(() => importTflite(net.finish(net.operator(0, [0, lying], [1, 2, 2, 1])))).toThrow(/the limit is 134217728/);
    const short = new TfliteWriter([1, 2, 2, 1]);
    const few = short.tensor([3], "float32", Float32Array.of(1));
    expect(() => importTflite(short.finish(short.operator(0, [0, few], [1, 2, 2, 1])))).toThrow(
      /declares 3 values of float32 but has 4 bytes/,
    );
  });

  it.each(models)(
    "is read or refused with an AppError, in bounded time, for every cut and a thousand changed bytes (%s)",
    (_, { bytes }) => {
      const random = new Random({ seed: 3, generation: 0, index: 0, purpose: Purpose.NOISE });
      const attempt = (bytes: Uint8Array): void => {
        try {
          importTflite(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      };
      for (let length = 0; length < bytes.length; length += 97) attempt(bytes.slice(0, length));
      for (let change = 0; change < 1000; change++) {
        const broken = bytes.slice();
        for (let at = 0; at < 4; at++) broken[random.below(bytes.length)] = random.below(256);
        attempt(broken);
      }
    },
  );

  it("must begin with its identifier", () => {
    expect(() => importTflite(new Uint8Array(0))).toThrow(/identifier is missing/);
  });
});
