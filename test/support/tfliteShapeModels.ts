/**
 * Further small TFLite files with random weights, and the output of Google's interpreter (PyPI's ai-edge-litert 2.3.0, CPU) for a random
 * image. Slots and codes are those of TensorFlow Lite's schema.fbs.
 */
import type { Table } from "./flatBufferWriter.ts";
import { type TfliteFile, TfliteWriter } from "./tfliteModels.ts";

const shapeOf = { type: 55, fields: { 0: { byte: 2 } } satisfies Table };
const pack = (count: number) => ({ type: 59, fields: { 0: { int: count }, 1: { int: 0 } } satisfies Table });
const gather = { type: 23, fields: { 0: { int: 0 } } satisfies Table };
const reducing = (keeps: 0 | 1) => ({ type: 27, fields: { 0: { byte: keeps } } satisfies Table });
const concat = (axis: number) => ({ type: 10, fields: { 0: { int: axis }, 1: { byte: 0 } } satisfies Table });
const dense = (keeps: 0 | 1 = 0) => ({ type: 8, fields: { 0: { byte: 0 }, 1: { byte: 0 }, 2: { byte: keeps } } satisfies Table });
const reshape = { type: 17, fields: {} satisfies Table };
const conv = {
  type: 1,
  fields: { 0: { byte: 1 }, 1: { int: 1 }, 2: { int: 1 }, 3: { byte: 0 }, 4: { int: 1 }, 5: { int: 1 } } satisfies Table,
};
const dealt = (type: 24 | 25) => ({ type, fields: {} satisfies Table });
const extreme = { type: 39, fields: {} satisfies Table };

function deep(multiplier: number, activation: 0 | 1) {
  const fields: Table = {
    0: { byte: 1 },
    1: { int: 1 },
    2: { int: 1 },
    3: { int: multiplier },
    4: { byte: activation },
    5: { int: 1 },
    6: { int: 1 },
  };
  return { type: 2, fields };
}

function transposed(padding: 0 | 1, strides: readonly [height: number, width: number], activation: 0 | 1) {
  const [height, width] = strides;
  const fields: Table = { 0: { byte: padding }, 1: { int: width }, 2: { int: height }, 3: { byte: activation } };
  return { type: 49, fields };
}

function sliced(masks: Readonly<Partial<Record<"begin" | "end" | "ellipsis" | "shrink", number>>>) {
  const { begin = 0, end = 0, ellipsis = 0, shrink = 0 } = masks;
  const fields: Table = { 0: { int: begin }, 1: { int: end }, 2: { int: ellipsis }, 3: { int: 0 }, 4: { int: shrink } };
  return { type: 32, fields };
}

/** The batch size as Keras reads it: the first number of a tensor's shape. */
function batchOf(net: TfliteWriter, tensor: number, rank: number): number {
  const shape = net.tensor([rank], "int32");
  net.connect(77, [tensor], shape, shapeOf);
  const size = net.tensor([], "int32");
  net.connect(45, [shape, net.integers([0]), net.integers([1]), net.integers([1])], size, sliced({ shrink: 1 }));
  return size;
}

function packed(net: TfliteWriter, sizes: readonly number[]): number {
  const shape = net.tensor([sizes.length], "int32");
  net.connect(83, sizes, shape, pack(sizes.length));
  return shape;
}

/** A Dense on an image as Keras 2 writes it: rows of all pixels, whose number the file gives as 1. */
function denseOnImage(net: TfliteWriter, image: number, dims: readonly [number, number, number], units: number): number {
  const shape = net.tensor([4], "int32");
  net.connect(77, [image], shape, shapeOf);
  const [free, last, places, depth] = [
    net.tensor([3], "int32"),
    net.tensor([1], "int32"),
    net.tensor([], "int32"),
    net.tensor([], "int32"),
  ];
  net.connect(36, [shape, net.integers([0, 1, 2])], free, gather);
  net.connect(36, [shape, net.integers([3])], last, gather);
  net.connect(81, [free, net.integers([0])], places, reducing(0));
  net.connect(81, [last, net.integers([0])], depth, reducing(0));
  const back = net.tensor([4], "int32");
  net.connect(2, [free, net.integers([units])], back, concat(0));
  const rows = net.operator(22, [image, packed(net, [places, depth])], [1, 1], reshape);
  const product = net.operator(9, [rows, net.weights([units, dims[2]]), -1], [1, units], dense());
  return net.operator(22, [product, back], [1, dims[0], dims[1], units], reshape);
}

/** Sizes computed from shapes, in all the ways that Keras uses. */
function computedShapes(): Uint8Array {
  const net = new TfliteWriter([1, 4, 5, 3]);
  const grown = packed(net, [batchOf(net, 0, 4), net.integers([8], []), net.integers([10], []), net.integers([2], [])]);
  const larger = net.operator(67, [grown, net.weights([2, 3, 3, 3]), 0, net.weights([2])], [1, 8, 10, 2], transposed(0, [2, 2], 1));
  const each = denseOnImage(net, larger, [8, 10, 2], 3);
  const biased = net.operator(0, [each, net.weights([3])], [1, 8, 10, 3], { type: 11, fields: { 0: { byte: 0 } } });
  // The file has 1 for an unknown size.
  const rows = packed(net, [batchOf(net, biased, 4), net.integers([-1], []), net.integers([3], [])]);
  const listed = net.operator(22, [biased, rows], [1, 1, 3], reshape);
  const soft = net.operator(25, [listed], [1, 1, 3], { type: 9, fields: { 0: { float: 1 } } });
  const kept = net.operator(9, [soft, net.weights([4, 3]), net.weights([4])], [1, 1, 4], dense(1));
  const most = net.operator(82, [kept, net.integers([1])], [1, 4], reducing(0));
  return net.finish(net.operator(50, [most], [1, 4], { type: 36, fields: {} }));
}

/** Mirrored borders, dilation through the batch, slopes, bounds, all kinds of slices, parts concatenated in another order. */
function cuts(): Uint8Array {
  const net = new TfliteWriter([1, 7, 8, 3]);
  const reflected = net.operator(100, [0, net.integers([0, 0, 1, 2, 3, 0, 0, 1], [4, 2])], [1, 10, 11, 4], {
    type: 77,
    fields: { 0: { byte: 0 } },
  });
  const mirrored = net.operator(100, [reflected, net.integers([0, 0, 2, 0, 1, 4, 0, 0], [4, 2])], [1, 12, 16, 4], {
    type: 77,
    fields: { 0: { byte: 1 } },
  });
  const normal = net.operator(13, [mirrored], [1, 12, 16, 4], {
    type: 13,
    fields: { 0: { int: 1 }, 1: { float: 1 }, 2: { float: 0.5 }, 3: { float: 0.75 } },
  });
  const [block, spread] = [net.integers([2, 3]), net.integers([2, 2, 3, 2], [2, 2])];
  const many = net.operator(38, [normal, block, spread], [6, 8, 7, 4], dealt(25));
  const deepened = net.operator(4, [many, net.weights([1, 3, 3, 8]), net.weights([8])], [6, 6, 5, 8], deep(2, 1));
  const whole = net.operator(37, [deepened, block, net.integers([0, 1, 1, 1], [2, 2])], [1, 11, 13, 8], dealt(24));
  const square = net.integers([2, 2]);
  const again = net.operator(38, [whole, square, net.integers([0, 1, 0, 1], [2, 2])], [4, 6, 7, 8], dealt(25));
  const mixed = net.operator(3, [again, net.weights([6, 2, 2, 8]), net.weights([6])], [4, 5, 6, 6], conv);
  const one = net.operator(37, [mixed, square, net.integers([0, 0, 0, 0], [2, 2])], [1, 10, 12, 6], dealt(24));
  const sloped = net.operator(54, [one, net.weights([1, 1, 6])], [1, 10, 12, 6]);
  const low = net.operator(57, [sloped, net.tensor([], "float32", Float32Array.of(0.75))], [1, 10, 12, 6], extreme);
  const high = net.operator(55, [net.tensor([1], "float32", Float32Array.of(-0.5)), low], [1, 10, 12, 6], extreme);
  const both = net.operator(55, [high, net.weights([6])], [1, 10, 12, 6], extreme);
  const least = net.operator(57, [both, one], [1, 10, 12, 6], extreme);
  const backwards = net.operator(
    45,
    [least, net.integers([0, -2, 1, 0]), net.integers([0, 0, 99, -1]), net.integers([1, -3, 2, 1])],
    [1, 3, 6, 5],
    sliced({ begin: 1, end: 3 }),
  );
  const elliptic = net.operator(
    45,
    [backwards, net.integers([0, 1]), net.integers([0, 5]), net.integers([1, 2])],
    [1, 3, 6, 2],
    sliced({ ellipsis: 1 }),
  );
  const column = net.operator(
    45,
    [backwards, net.integers([0, 0, -2]), net.integers([0, 0, 0]), net.integers([1, 1, 1])],
    [1, 3, 5],
    sliced({ begin: 3, end: 3, shrink: 4 }),
  );
  const part = net.operator(65, [elliptic, net.integers([0, 1, 2, 0]), net.integers([1, 2, -1, 2])], [1, 2, 4, 2], {
    type: 48,
    fields: {},
  });
  const halves = [net.tensor([1, 2, 2, 2]), net.tensor([1, 2, 2, 2])] as const;
  net.connect(49, [net.integers([-2], []), part], halves, { type: 35, fields: { 0: { int: 2 } } });
  const swapped = net.operator(2, [halves[1], halves[0]], [1, 2, 4, 2], concat(2));
  const parts = [net.tensor([1, 3, 1]), net.tensor([1, 3, 3]), net.tensor([1, 3, 1])] as const;
  net.connect(102, [column, net.integers([1, -1, 1]), net.integers([2], [])], parts, { type: 79, fields: { 0: { int: 3 } } });
  const joined = net.operator(2, [parts[1], parts[2], parts[0]], [1, 3, 5], concat(-1));
  const size = net.integers([1, 6, 11, 3]);
  const strided = net.operator(67, [size, net.weights([3, 3, 2, 2]), swapped], [1, 6, 11, 3], transposed(1, [2, 3], 0));
  const flat = net.operator(22, [strided, net.integers([-1, 198])], [1, 198], reshape);
  const line = net.operator(22, [joined, net.integers([1, -1])], [1, 15], reshape);
  const all = net.operator(2, [flat, line], [1, 213], concat(1));
  return net.finish(net.operator(9, [all, net.weights([5, 213]), net.weights([5])], [1, 5], dense()));
}

export const computedShapesModel: TfliteFile = {
  bytes: computedShapes(),
  input: [4, 5, 3],
  expected: [-0.5328211, -2.0891263, -1.766237, -2.1346772],
};
export const slicesModel: TfliteFile = {
  bytes: cuts(),
  input: [7, 8, 3],
  expected: [-4.7522621, 0.8727571, -10.1338291, 2.7423825, -5.5093188],
};
