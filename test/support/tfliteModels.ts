/**
 * Small TFLite files with random weights, and the output of Google's interpreter (PyPI's ai-edge-litert 2.3.0, CPU) for a random image.
 * Slots and codes are those of TensorFlow Lite's schema.fbs.
 */
import { Purpose, Random } from "@pareidolia/core/random";
import { type Table, writeFlatBuffer } from "./flatBufferWriter.ts";

export interface TfliteFile {
  readonly bytes: Uint8Array;
  readonly input: readonly [height: number, width: number, channels: number];
  readonly expected: readonly number[];
}

export function drawValues(index: number, count: number): Float32Array {
  const random = new Random({ seed: 33, generation: 0, index, purpose: Purpose.NOISE });
  return Float32Array.from({ length: count }, () => 2 * random.uniform() - 1);
}

const types = { float32: 0, float16: 1, int32: 2, uint8: 3, int8: 9 } as const;
type Type = keyof typeof types;
export interface Quantisation {
  readonly scales: readonly number[];
  readonly zeroPoints: readonly number[];
  readonly axis?: number;
}

/** Collects tensors and operators; tensor 0 is the input. */
export class TfliteWriter {
  readonly #tensors: Table[] = [];
  readonly #buffers: Table[] = [{}];
  readonly #operators: Table[] = [];
  readonly #codes: number[] = [];

  constructor(input: readonly number[], type: Type = "float32", quantisation?: Quantisation) {
    this.tensor(input, type, undefined, quantisation);
  }

  tensor(dims: readonly number[], type: Type = "float32", data?: ArrayBufferView, quantisation?: Quantisation): number {
    let buffer = 0;
    if (data !== undefined) {
      buffer = this.#buffers.length;
      this.#buffers.push({ 0: { bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) } });
    }
    const name = new TextEncoder().encode(`t${this.#tensors.length}`);
    this.#tensors.push({
      0: { ints: dims },
      1: { byte: types[type] },
      2: { int: buffer },
      3: { bytes: name },
      ...(quantisation === undefined
        ? {}
        : {
            4: {
              table: {
                2: { floats: quantisation.scales },
                3: { longs: quantisation.zeroPoints },
                6: { int: quantisation.axis ?? 0 },
              },
            },
          }),
    });
    return this.#tensors.length - 1;
  }

  /** Random weights, seeded by the tensor's number. */
  weights(dims: readonly number[]): number {
    return this.tensor(
      dims,
      "float32",
      drawValues(
        this.#tensors.length,
        dims.reduce((product, size) => product * size, 1),
      ),
    );
  }

  integers(values: readonly number[], dims: readonly number[] = [values.length]): number {
    return this.tensor(dims, "int32", Int32Array.from(values));
  }

  /** Adds an operator with one new output of these dims, and returns it. */
  operator(code: number, inputs: readonly number[], dims: readonly number[], options?: { type: number; fields: Table }): number {
    const output = this.tensor(dims);
    this.connect(code, inputs, output, options);
    return output;
  }

  connect(code: number, inputs: readonly number[], output: number | readonly number[], options?: { type: number; fields: Table }): void {
    let index = this.#codes.indexOf(code);
    if (index < 0) index = this.#codes.push(code) - 1;
    this.#operators.push({
      0: { int: index },
      1: { ints: inputs },
      2: { ints: [output].flat() },
      ...(options === undefined ? {} : { 3: { byte: options.type }, 4: { table: options.fields } }),
    });
  }

  finish(output: number): Uint8Array {
    const graph: Table = {
      0: { tables: this.#tensors },
      1: { ints: [0] },
      2: { ints: [output] },
      3: { tables: this.#operators },
    };
    return writeFlatBuffer(
      {
        0: { int: 3 },
        1: { tables: this.#codes.map((code) => ({ 0: { byte: Math.min(code, 127) }, 2: { int: 1 }, 3: { int: code } })) },
        2: { tables: [graph] },
        4: { tables: this.#buffers },
      },
      "TFL3",
    );
  }
}

const conv = (padding: 0 | 1, stride: number, activation: number, dilation = 1) => ({
  type: 1,
  fields: {
    0: { byte: padding },
    1: { int: stride },
    2: { int: stride },
    3: { byte: activation },
    4: { int: dilation },
    5: { int: dilation },
  } satisfies Table,
});
const pool = (padding: 0 | 1, stride: number, size: number) => ({
  type: 5,
  fields: {
    0: { byte: padding },
    1: { int: stride },
    2: { int: stride },
    3: { int: size },
    4: { int: size },
    5: { byte: 0 },
  } satisfies Table,
});

/** All kinds of windows, sums and products with constants, a concatenation, a resize and a mean. */
function windows(): Uint8Array {
  const net = new TfliteWriter([1, 9, 8, 3]);
  const first = net.operator(3, [0, net.weights([4, 3, 3, 3]), net.weights([4])], [1, 5, 4, 4], conv(0, 2, 3));
  const deep = net.operator(4, [first, net.weights([1, 3, 3, 8]), net.weights([8])], [1, 5, 4, 8], {
    type: 2,
    fields: { 0: { byte: 0 }, 1: { int: 1 }, 2: { int: 1 }, 3: { int: 2 }, 4: { byte: 1 }, 5: { int: 1 }, 6: { int: 1 } },
  });
  const largest = net.operator(17, [deep], [1, 3, 2, 8], pool(0, 2, 3));
  const average = net.operator(1, [deep], [1, 3, 2, 8], pool(0, 2, 2));
  const both = net.operator(2, [largest, average], [1, 3, 2, 16], { type: 10, fields: { 0: { int: 3 }, 1: { byte: 0 } } });
  const padded = net.operator(34, [both, net.integers([0, 0, 1, 0, 0, 2, 0, 0], [4, 2])], [1, 4, 4, 16], { type: 22, fields: {} });
  const wide = net.operator(3, [padded, net.weights([6, 2, 2, 16]), net.weights([6])], [1, 2, 2, 6], conv(1, 1, 0, 2));
  const swish = net.operator(117, [wide], [1, 2, 2, 6]);
  const shifted = net.operator(0, [swish, net.weights([6])], [1, 2, 2, 6], { type: 11, fields: { 0: { byte: 0 } } });
  const taken = net.operator(41, [net.weights([1, 2, 2, 6]), shifted], [1, 2, 2, 6], { type: 28, fields: { 0: { byte: 0 } } });
  const product = net.operator(18, [taken, swish], [1, 2, 2, 6], { type: 21, fields: { 0: { byte: 1 } } });
  const larger = net.operator(23, [product, net.integers([5, 3])], [1, 5, 3, 6], { type: 15, fields: { 2: { byte: 0 }, 3: { byte: 1 } } });
  const near = net.operator(97, [larger, net.integers([7, 4])], [1, 7, 4, 6], { type: 74, fields: { 0: { byte: 0 }, 1: { byte: 0 } } });
  const mean = net.operator(40, [near, net.integers([1, 2])], [1, 6], { type: 27, fields: { 0: { byte: 0 } } });
  const dense = net.operator(9, [mean, net.weights([5, 6]), net.weights([5])], [1, 5], { type: 8, fields: { 0: { byte: 0 } } });
  return net.finish(net.operator(25, [dense], [1, 5], { type: 9, fields: { 0: { float: 1 } } }));
}

/** Reshapes that mix channels with pixels, permuted axes, half-precision weights, a softmax with beta. */
function shapes(): Uint8Array {
  const net = new TfliteWriter([1, 4, 6, 2]);
  const turned = net.operator(39, [0, net.integers([0, 2, 1, 3])], [1, 6, 4, 2], { type: 26, fields: {} });
  const folded = net.operator(22, [turned], [1, 3, 2, 8], { type: 17, fields: { 0: { ints: [1, 3, 2, 8] } } });
  const gated = net.operator(14, [folded], [1, 3, 2, 8]);
  const leaky = net.operator(98, [folded], [1, 3, 2, 8], { type: 75, fields: { 0: { float: 0.25 } } });
  const sum = net.operator(0, [gated, leaky], [1, 3, 2, 8], { type: 11, fields: { 0: { byte: 0 } } });
  const flat = net.operator(22, [sum], [1, 48], { type: 17, fields: { 0: { ints: [1, 48] } } });
  // 0x3800 is 0.5, 0xb400 is -0.25, 0x3c00 is 1 and 0 is 0.
  const halves = Uint16Array.from({ length: 4 * 48 }, (_, at) => [0x3800, 0xb400, 0, 0x3c00, 0xb400][(at * at) % 5] as number);
  const stored = net.tensor([4, 48], "float16", halves);
  const weights = net.operator(6, [stored], [4, 48]);
  const dense = net.operator(9, [flat, weights, net.weights([4])], [1, 4], { type: 8, fields: { 0: { byte: 0 } } });
  return net.finish(net.operator(25, [dense], [1, 4], { type: 9, fields: { 0: { float: 0.5 } } }));
}

export const windowsModel: TfliteFile = {
  bytes: windows(),
  input: [9, 8, 3],
  expected: [0.2113046, 0.3186725, 0.14323, 0.2655444, 0.0612485],
};
export const shapesModel: TfliteFile = { bytes: shapes(), input: [4, 6, 2], expected: [0.1823229, 0.1607025, 0.3713298, 0.2856448] };
