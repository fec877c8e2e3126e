/** Reads a TFLite file as plain data. Slot numbers follow TensorFlow Lite's schema.fbs (version 3). */
import { corruptTflite, FlatTable } from "./flatTable.ts";

export type TfliteType = "float32" | "float16" | "int32" | "uint8" | "int64" | "int8" | "bool" | "int16";

export interface TfliteTensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly type: TfliteType;
  /** Empty for computed tensors. */
  readonly data: Uint8Array;
  /** real = scale x (stored - zero point). One scale and zero point, or one per index along `axis`. */
  readonly quantisation: { readonly scales: readonly number[]; readonly zeroPoints: readonly number[]; readonly axis: number } | null;
}

export interface TfliteOperator {
  readonly code: number;
  /** Tensor indices; -1 is an omitted input. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly options: FlatTable | null;
}

export interface TfliteModel {
  readonly tensors: readonly TfliteTensor[];
  readonly operators: readonly TfliteOperator[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

const version = 3;
const limits = { operators: 20_000, tensors: 100_000, edges: 1024, dims: 6, channels: 2 ** 20, name: 200 };
const types: Readonly<Record<number, TfliteType>> = {
  0: "float32",
  1: "float16",
  2: "int32",
  3: "uint8",
  4: "int64",
  6: "bool",
  7: "int16",
  9: "int8",
};
const customCode = 32;
/** Larger codes are in a second field. */
const oldestPlaceholder = 127;

export function isTflite(bytes: Uint8Array): boolean {
  return bytes.length >= 8 && Buffer.from(bytes.subarray(4, 8)).toString("latin1") === "TFL3";
}

/** @throws AppError CORRUPT_DATA if the file is not a TFLite model with one graph. */
export function readTflite(bytes: Uint8Array): TfliteModel {
  if (!isTflite(bytes)) throw corruptTflite("its identifier is missing");
  const model = FlatTable.root(bytes);
  if (model.uint32(0) !== version) throw corruptTflite(`its schema has version ${model.uint32(0)}, not ${version}`);
  const codes = model.tables(1, limits.operators).map(readCode);
  const [graph, ...others] = model.tables(2, limits.edges);
  if (graph === undefined || others.length > 0) throw corruptTflite(`it contains ${others.length + (graph ? 1 : 0)} graphs instead of one`);
  const buffers = model.tables(4, limits.tensors);
  const tensors = graph.tables(0, limits.tensors).map((table) => readTensor(table, buffers));
  const checked = (indices: readonly number[]): readonly number[] => {
    for (const index of indices) if (index < -1 || index >= tensors.length) throw corruptTflite(`it has no tensor ${index}`);
    return indices;
  };
  return {
    tensors,
    operators: graph.tables(3, limits.operators).map((table) => {
      const code = codes[table.uint32(0)];
      if (code === undefined) throw corruptTflite("an operator has no code");
      return {
        code,
        inputs: checked(table.int32s(1, limits.edges)),
        outputs: checked(table.int32s(2, limits.edges)),
        options: table.table(4),
      };
    }),
    inputs: checked(graph.int32s(1, limits.edges)),
    outputs: checked(graph.int32s(2, limits.edges)),
  };
}

function readCode(table: FlatTable): number {
  const old = table.int8(0);
  if (old === customCode) throw corruptTflite(`it uses the custom operator "${table.string(1, limits.name)}"`);
  return old === oldestPlaceholder ? table.int32(3) : Math.max(old, table.int32(3));
}

function readTensor(table: FlatTable, buffers: readonly FlatTable[]): TfliteTensor {
  const name = table.string(3, limits.name);
  const type = types[table.int8(1)];
  if (type === undefined) throw corruptTflite(`tensor "${name}" has the unsupported element type ${table.int8(1)}`);
  const dims = table.int32s(0, limits.dims);
  if (dims.some((size) => size < 1)) throw corruptTflite(`tensor "${name}" has the size ${dims.join(" x ")}`);
  if (table.has(6)) throw corruptTflite(`tensor "${name}" is sparse`);
  const buffer = buffers[table.uint32(2)];
  if (buffer === undefined || buffer.has(1)) throw corruptTflite(`tensor "${name}" has its data outside the model`);
  const quantisation = table.table(4);
  const scales = quantisation?.float32s(2, limits.channels) ?? [];
  const zeroPoints = quantisation?.int64s(3, limits.channels) ?? [];
  const quantised = quantisation !== null && scales.length > 0;
  return { name, dims, type, data: buffer.bytes(0), quantisation: quantised ? { scales, zeroPoints, axis: quantisation.int32(6) } : null };
}
