/**
 * Reads a TensorProto. Its values are in `raw_data` (little-endian), in the field of their type, or in an external file, as onnx.proto3
 * specifies. Element types missing from `graph.ts` are refused by name.
 */
import { AppError } from "@pareidolia/core/appError";
import type { Tensor } from "../graph.ts";
import { elementTypeOf } from "./elementTypes.ts";
import { ExternalFiles, readExternalEntry } from "./externalFiles.ts";
import { OtherElementType, TensorField } from "./fieldNumbers.ts";
import type { ProtoReader } from "./protoReader.ts";

/** Called for valid ONNX that is not supported here; throws an error naming its location. */
export type Unsupported = (problem: string) => never;

export interface TensorSource {
  /** Default: no external files. */
  readonly external?: ExternalFiles;
  readonly unsupported?: Unsupported;
}

/** @throws AppError CORRUPT_DATA for an inconsistent tensor, INVALID_INPUT if the file with its data is missing. */
export function readTensor(
  reader: ProtoReader,
  { external = new ExternalFiles(new Map()), unsupported = unsupportedFile }: TensorSource = {},
): Tensor {
  let name = "";
  let elementType = 0;
  let raw: Uint8Array | null = null;
  let location = 0;
  const externalEntries = new Map<string, string>();
  const dims: bigint[] = [];
  const floats: number[] = [];
  const doubles: number[] = [];
  const small: bigint[] = [];
  const integers: bigint[] = [];
  const unsigned: bigint[] = [];
  eachField(reader, {
    [TensorField.name]: (field) => void (name = field.string()),
    [TensorField.dataType]: (field) => void (elementType = field.integer()),
    [TensorField.dims]: (field) => field.integersInto(dims, maxDims),
    [TensorField.floatData]: (field) => field.floatsInto(floats, maxListed),
    [TensorField.doubleData]: (field) => field.doublesInto(doubles, maxListed),
    [TensorField.int32Data]: (field) => field.integersInto(small, maxListed),
    [TensorField.int64Data]: (field) => field.integersInto(integers, maxListed),
    [TensorField.uint64Data]: (field) => field.integersInto(unsigned, maxListed),
    [TensorField.rawData]: (field) => void (raw = field.bytes()),
    [TensorField.dataLocation]: (field) => void (location = field.integer()),
    [TensorField.externalData]: (field) => readExternalEntry(field.message(), externalEntries),
  });
  const sizes = dims.map(toDim);
  const count = sizes.reduce((product, size) => product * size, 1);
  const type = elementTypeNamed(elementType, `tensor ${name}`, unsupported);
  if (location !== 0 || externalEntries.size > 0) {
    if (raw !== null) throw refused(`tensor ${name} has data both inside and outside the file`);
    raw = external.read({ tensor: name, entries: externalEntries, bytes: count * elementBytes[type] });
  }
  const tensor = { name, dims: sizes, ...readValues(type, { raw, floats, doubles, small, integers, unsigned }) };
  if (tensor.data.length !== count) throw refused(`tensor ${name} declares ${count} values but has ${tensor.data.length}`);
  return tensor;
}

interface Fields {
  readonly raw: Uint8Array | null;
  readonly floats: readonly number[];
  readonly doubles: readonly number[];
  readonly small: readonly bigint[];
  readonly integers: readonly bigint[];
  readonly unsigned: readonly bigint[];
}

type WithoutShape<T> = T extends Tensor ? Pick<T, "type" | "data"> : never;

function readValues(type: Tensor["type"], { raw, floats, doubles, small, integers, unsigned }: Fields): WithoutShape<Tensor> {
  switch (type) {
    case "float32":
      return { type, data: raw === null ? Float32Array.from(floats) : fromRaw(raw, Float32Array, (view, at) => view.getFloat32(at, true)) };
    case "float64":
      return {
        type,
        data: raw === null ? Float64Array.from(doubles) : fromRaw(raw, Float64Array, (view, at) => view.getFloat64(at, true)),
      };
    case "float16":
    case "uint16":
      return {
        type,
        data: raw === null ? Uint16Array.from(small, Number) : fromRaw(raw, Uint16Array, (view, at) => view.getUint16(at, true)),
      };
    case "int64":
      return {
        type,
        data: raw === null ? BigInt64Array.from(integers) : fromRaw(raw, BigInt64Array, (view, at) => view.getBigInt64(at, true)),
      };
    case "int32":
      return {
        type,
        data: raw === null ? Int32Array.from(small, Number) : fromRaw(raw, Int32Array, (view, at) => view.getInt32(at, true)),
      };
    case "uint32":
      return {
        type,
        data: raw === null ? Uint32Array.from(unsigned, Number) : fromRaw(raw, Uint32Array, (view, at) => view.getUint32(at, true)),
      };
    case "int16":
      return {
        type,
        data: raw === null ? Int16Array.from(small, Number) : fromRaw(raw, Int16Array, (view, at) => view.getInt16(at, true)),
      };
    case "int8":
      return { type, data: raw === null ? Int8Array.from(small, Number) : fromRaw(raw, Int8Array, (view, at) => view.getInt8(at)) };
    case "uint8":
    case "bool":
      return { type, data: raw === null ? Uint8Array.from(small, Number) : raw.slice() };
  }
}

function fromRaw<Value, Data extends { [index: number]: Value }>(
  raw: Uint8Array,
  create: { new (length: number): Data; readonly BYTES_PER_ELEMENT: number },
  read: (view: DataView, offset: number) => Value,
): Data {
  const size = create.BYTES_PER_ELEMENT;
  if (raw.length % size !== 0) throw refused("the data of a tensor ends within a value");
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const data = new create(raw.length / size);
  for (let index = 0; index < raw.length / size; index++) data[index] = read(view, index * size);
  return data;
}

const elementBytes: Readonly<Record<Tensor["type"], number>> = {
  float64: 8,
  int64: 8,
  float32: 4,
  int32: 4,
  uint32: 4,
  float16: 2,
  uint16: 2,
  int16: 2,
  int8: 1,
  uint8: 1,
  bool: 1,
};

const otherTypeNames: ReadonlyMap<number, string> = new Map(Object.entries(OtherElementType).map(([name, number]) => [number, name]));

/** @throws AppError CORRUPT_DATA for an unknown type number. */
export function elementTypeNamed(number: number, what: string, unsupported: Unsupported = unsupportedFile): Tensor["type"] {
  const type = elementTypeOf(number);
  if (type !== null) return type;
  const name = otherTypeNames.get(number);
  if (name !== undefined) return unsupported(`${what} has the unsupported element type ${number} (${name})`);
  throw refused(`${what} has the unknown element type ${number}`);
}

export function eachField(
  reader: ProtoReader,
  handlers: Readonly<Record<number, (reader: ProtoReader) => void>>,
  onOther: (field: number) => void = () => reader.skip(),
): void {
  for (let field = reader.nextField(); field !== null; field = reader.nextField()) {
    const handler = handlers[field];
    if (handler === undefined) onOther(field);
    else handler(reader);
  }
}

const maxDims = 8;
/** Limit for values listed one by one, which use many times their file size in memory. Exporters write larger tensors as raw bytes. */
const maxListed = 2 ** 21;
const maxSize = 2 ** 31;

function toDim(value: bigint): number {
  const size = Number(value);
  if (size < 0 || size > maxSize) throw refused(`the size ${value} is invalid`);
  return size;
}

function unsupportedFile(problem: string): never {
  throw new AppError("INVALID_INPUT", `This ONNX file cannot be used: ${problem}.`);
}

export function refused(problem: string): AppError {
  return new AppError("CORRUPT_DATA", `This ONNX file cannot be used: ${problem}.`);
}
