import { importModel } from "@pareidolia/classifiers/importers/importModel";
import { importTflite } from "@pareidolia/classifiers/importers/tflite/importTflite";
import { AppError } from "@pareidolia/core/appError";
import { Purpose, Random } from "@pareidolia/core/random";
import { describe, expect, it } from "vitest";
import { runImageGraph } from "../../../support/runGraph.ts";
import { drawValues, type Quantisation, shapesModel, type TfliteFile, TfliteWriter, windowsModel } from "../../../support/tfliteModels.ts";

const models: readonly [string, TfliteFile][] = [
  ["windows, sums and resizing", windowsModel],
  ["reshapes, axes and half precision", shapesModel],
];

/** A 1x1 convolution of two channels, with 8-bit numbers that a person can follow: real = 0.5 x (stored - 10). */
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

  it("reads uint8 weights with one scale as the numbers they stand for", async () => {
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

  it("reads int8 weights with a scale for each channel", async () => {
    const bytes = smallConvolution({
      type: "int8",
      weights: Int8Array.of(4, -8, 2, 12),
      scheme: { scales: [0.25, 2], zeroPoints: [0, 0], axis: 0 },
      output: { scales: [0.1], zeroPoints: [0] },
    });
    const [result] = await runImageGraph(importTflite(bytes), [Float32Array.of(3, 5)]);
    expect(result).toEqual([3 * 1 - 2 * 5 + 0.5, 4 * 3 + 24 * 5 - 8]);
  });

  it.each<[string, Quantisation, readonly number[]]>([
    ["at zero, which is a ReLU", { scales: [0.1], zeroPoints: [0] }, [0, 15.5]],
    ["at zero and six, which is a ReLU6", { scales: [6 / 255], zeroPoints: [0] }, [0, 6]],
    ["elsewhere, which is where calibration stopped", wide, [-6.5, 15.5]],
  ])("takes the activation that only the output's range tells: %s", async (_, output, expected) => {
    const scheme = { scales: [0.25], zeroPoints: [128] };
    const bytes = smallConvolution({ type: "uint8", weights: Uint8Array.of(132, 120, 130, 140), scheme, output });
    expect((await runImageGraph(importTflite(bytes), [Float32Array.of(3, 5)]))[0]).toEqual(expected);
  });

  it("is told from other files by its content, and put in the same form", () => {
    expect(importModel(windowsModel.bytes)).toEqual(importTflite(windowsModel.bytes));
  });

  it("names an operator that is not supported", () => {
    const net = new TfliteWriter([1, 2, 2, 1]);
    const bytes = net.finish(net.operator(16, [0], [1, 2, 2, 1]));
    expect(() => importTflite(bytes)).toThrow(/makes "t1" by LSTM, which is not supported/);
  });

  it("refuses weights that are not as many as their shape says", () => {
    const net = new TfliteWriter([1, 2, 2, 1]);
    const lying = net.tensor([1 << 14, 1 << 14], "float32", Float32Array.of(1));
    expect(() => importTflite(net.finish(net.operator(0, [0, lying], [1, 2, 2, 1])))).toThrow(/at most 134217728 are read/);
    const short = new TfliteWriter([1, 2, 2, 1]);
    const few = short.tensor([3], "float32", Float32Array.of(1));
    expect(() => importTflite(short.finish(short.operator(0, [0, few], [1, 2, 2, 1])))).toThrow(
      /says 3 values of float32 and holds 4 bytes/,
    );
  });

  it("answers with an AppError, in bounded time, to every cut and to a thousand changed bytes", () => {
    const random = new Random({ seed: 3, generation: 0, index: 0, purpose: Purpose.NOISE });
    const attempt = (bytes: Uint8Array): void => {
      try {
        importTflite(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(AppError);
      }
    };
    const { bytes } = windowsModel;
    for (let length = 0; length < bytes.length; length += 97) attempt(bytes.slice(0, length));
    for (let change = 0; change < 1000; change++) {
      const broken = bytes.slice();
      for (let at = 0; at < 4; at++) broken[random.below(bytes.length)] = random.below(256);
      attempt(broken);
    }
    expect(() => importTflite(new Uint8Array(0))).toThrow(/does not begin as one/);
  });
});
