/**
 * Reads an ONNX file into a graph. Anything outside the subset of `graph.ts` (other element types, data outside the
 * file, subgraphs, custom domains) is refused with its name, never dropped in silence.
 */
import { AppError } from "@pareidolia/core/appError";
import type { Attribute, Graph, GraphNode, Tensor, ValueInfo } from "../graph.ts";
import {
  AttributeField,
  DimField,
  ElementType,
  GraphField,
  ModelField,
  NodeField,
  ShapeField,
  TensorField,
  TensorTypeField,
  TypeField,
  ValueInfoField,
} from "./fieldNumbers.ts";
import { ProtoReader } from "./protoReader.ts";

/** @throws AppError CORRUPT_DATA when the bytes are not an ONNX model, or one beyond the supported subset. */
export function decodeModel(bytes: Uint8Array): Graph {
  let graph: Graph | null = null;
  eachField(new ProtoReader(bytes), { [ModelField.graph]: (reader) => void (graph = readGraph(reader.message())) });
  if (graph === null) throw refused("it holds no graph");
  return graph;
}

function readGraph(reader: ProtoReader): Graph {
  let name = "";
  const nodes: GraphNode[] = [];
  const initializers: Tensor[] = [];
  const inputs: ValueInfo[] = [];
  const outputs: ValueInfo[] = [];
  eachField(reader, {
    [GraphField.name]: (field) => void (name = field.string()),
    [GraphField.node]: (field) => nodes.push(readNode(field.message())),
    [GraphField.initializer]: (field) => initializers.push(readTensor(field.message())),
    [GraphField.input]: (field) => inputs.push(readValueInfo(field.message())),
    [GraphField.output]: (field) => outputs.push(readValueInfo(field.message())),
  });
  return { name, nodes, initializers, inputs, outputs };
}

function readNode(reader: ProtoReader): GraphNode {
  let name = "";
  let operator = "";
  let domain = "";
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes: [string, Attribute][] = [];
  eachField(reader, {
    [NodeField.name]: (field) => void (name = field.string()),
    [NodeField.operator]: (field) => void (operator = field.string()),
    [NodeField.domain]: (field) => void (domain = field.string()),
    [NodeField.input]: (field) => inputs.push(field.string()),
    [NodeField.output]: (field) => outputs.push(field.string()),
    [NodeField.attribute]: (field) => attributes.push(readAttribute(field.message())),
  });
  if (domain !== "" && domain !== "ai.onnx") throw refused(`operator ${operator} belongs to the domain ${domain}`);
  return { operator, name, inputs, outputs, attributes: new Map(attributes) };
}

function readAttribute(reader: ProtoReader): [string, Attribute] {
  let name = "";
  let single: Attribute | null = null;
  let repeated: "ints" | "floats" | null = null;
  let type = 0;
  const ints: bigint[] = [];
  const floats: number[] = [];
  eachField(reader, {
    [AttributeField.name]: (field) => void (name = field.string()),
    [AttributeField.type]: (field) => void (type = field.integer()),
    [AttributeField.int]: (field) => void (single = { kind: "int", value: field.integer() }),
    [AttributeField.float]: (field) => void (single = { kind: "float", value: field.float() }),
    [AttributeField.string]: (field) => void (single = { kind: "string", value: field.string() }),
    [AttributeField.tensor]: (field) => void (single = { kind: "tensor", value: readTensor(field.message()) }),
    [AttributeField.ints]: (field) => {
      repeated = "ints";
      field.integersInto(ints);
    },
    [AttributeField.floats]: (field) => {
      repeated = "floats";
      field.floatsInto(floats);
    },
  });
  if (repeated === "floats") return [name, { kind: "floats", value: floats }];
  if (repeated === "ints") return [name, { kind: "ints", value: ints.map(toSize) }];
  if (single === null) throw refused(`attribute ${name} has the unsupported type ${type}`);
  return [name, single];
}

function readTensor(reader: ProtoReader): Tensor {
  let name = "";
  let elementType = 0;
  let raw: Uint8Array | null = null;
  let external = false;
  const dims: bigint[] = [];
  const floats: number[] = [];
  const integers: bigint[] = [];
  eachField(reader, {
    [TensorField.name]: (field) => void (name = field.string()),
    [TensorField.dataType]: (field) => void (elementType = field.integer()),
    [TensorField.dims]: (field) => field.integersInto(dims),
    [TensorField.floatData]: (field) => field.floatsInto(floats),
    [TensorField.int64Data]: (field) => field.integersInto(integers),
    [TensorField.rawData]: (field) => void (raw = field.bytes()),
    [TensorField.dataLocation]: (field) => void (external = field.integer() !== 0),
  });
  if (external) throw refused(`tensor ${name} keeps its data outside the file`);
  const sizes = dims.map(toSize);
  const count = sizes.reduce((product, size) => product * size, 1);
  if (elementType === ElementType.float32) {
    const data = raw === null ? Float32Array.from(floats) : fromRaw(raw, 4, (view, offset) => view.getFloat32(offset, true), Float32Array);
    if (data.length !== count) throw refused(`tensor ${name} says ${count} values and holds ${data.length}`);
    return { name, dims: sizes, type: "float32", data };
  }
  if (elementType !== ElementType.int64) throw refused(`tensor ${name} has the unsupported element type ${elementType}`);
  const data =
    raw === null ? BigInt64Array.from(integers) : fromRaw(raw, 8, (view, offset) => view.getBigInt64(offset, true), BigInt64Array);
  if (data.length !== count) throw refused(`tensor ${name} says ${count} values and holds ${data.length}`);
  return { name, dims: sizes, type: "int64", data };
}

function fromRaw<Value, Data extends { [index: number]: Value }>(
  raw: Uint8Array,
  size: number,
  read: (view: DataView, offset: number) => Value,
  create: new (length: number) => Data,
): Data {
  if (raw.length % size !== 0) throw refused("a tensor ends in the middle of a value");
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const data = new create(raw.length / size);
  for (let index = 0; index < raw.length / size; index++) data[index] = read(view, index * size);
  return data;
}

function readValueInfo(reader: ProtoReader): ValueInfo {
  let name = "";
  let elementType = 0;
  const dims: (number | string)[] = [];
  const readDim = (field: ProtoReader): void => {
    let dim: number | string = "";
    eachField(field, {
      [DimField.value]: (inner) => void (dim = inner.integer()),
      [DimField.parameter]: (inner) => void (dim = inner.string()),
    });
    dims.push(dim);
  };
  eachField(reader, {
    [ValueInfoField.name]: (field) => void (name = field.string()),
    [ValueInfoField.type]: (field) =>
      eachField(field.message(), {
        [TypeField.tensor]: (type) =>
          eachField(type.message(), {
            [TensorTypeField.elementType]: (inner) => void (elementType = inner.integer()),
            [TensorTypeField.shape]: (shape) => eachField(shape.message(), { [ShapeField.dim]: (dim) => readDim(dim.message()) }),
          }),
      }),
  });
  const type = elementType === ElementType.float32 ? "float32" : elementType === ElementType.int64 ? "int64" : null;
  if (type === null) throw refused(`${name} has the unsupported element type ${elementType}`);
  return { name, type, dims };
}

function eachField(reader: ProtoReader, handlers: Readonly<Record<number, (reader: ProtoReader) => void>>): void {
  for (let field = reader.nextField(); field !== null; field = reader.nextField()) {
    const handler = handlers[field];
    if (handler === undefined) reader.skip();
    else handler(reader);
  }
}

function toSize(value: bigint): number {
  const size = Number(value);
  if (!Number.isSafeInteger(size)) throw refused("a size is too large");
  return size;
}

function refused(problem: string): AppError {
  return new AppError("CORRUPT_DATA", `This ONNX file cannot be used: ${problem}.`);
}
