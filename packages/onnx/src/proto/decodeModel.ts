/**
 * Reads an ONNX file into a graph. Unsupported features (other element types, subgraphs, custom domains) are refused by name, never
 * silently dropped.
 */
import { AppError } from "@pareidolia/core/appError";
import type { Attribute, Graph, GraphNode, Tensor, ValueInfo } from "../graph.ts";
import { fromInt64 } from "../integers.ts";
import { describeNode, refuse } from "../nodes/refuse.ts";
import { eachField, elementTypeNamed, readTensor, refused } from "./decodeTensor.ts";
import { ExternalFiles, type SidecarFiles } from "./externalFiles.ts";
import {
  AttributeField,
  AttributeType,
  DimField,
  GraphField,
  ModelField,
  NodeField,
  OpsetField,
  otherModelFields,
  otherValueKinds,
  ShapeField,
  TensorTypeField,
  TypeField,
  ValueInfoField,
} from "./fieldNumbers.ts";
import { ProtoReader } from "./protoReader.ts";

/** Limits far above real networks, and low enough that a small file cannot expand into a huge graph. */
const limits = { nodes: 20_000, tensors: 50_000, edges: 2048, attributes: 64, listed: 65_536, dims: 8 } as const;

function push<Value>(values: Value[], value: Value, limit: number, what: string): void {
  if (values.length === limit) throw refused(`it has more than ${limit} ${what}`);
  values.push(value);
}

/**
 * `sidecars` are the files with the tensors' external data.
 * @throws AppError CORRUPT_DATA if the bytes are not an ONNX model; INVALID_INPUT naming a missing file or an unsupported feature.
 */
export function decodeModel(bytes: Uint8Array, sidecars: SidecarFiles = new Map()): Graph {
  const external = new ExternalFiles(sidecars);
  let graph: Omit<Graph, "opset"> | null = null;
  let opset: number | null = null;
  let irVersion: number | null = null;
  const skip = (reader: ProtoReader): void => reader.skip();
  const handlers = {
    ...Object.fromEntries(otherModelFields.map((field) => [field, skip])),
    [ModelField.irVersion]: (reader: ProtoReader) => void (irVersion = reader.integer()),
    [ModelField.producerName]: skip,
    [ModelField.graph]: (reader: ProtoReader) => {
      if (graph !== null) throw refused("it contains two graphs");
      graph = readGraph(reader.message(), external);
    },
    [ModelField.opsetImport]: (reader: ProtoReader) => void (opset = readOpset(reader.message()) ?? opset),
  };
  // Protobuf skips unknown fields; here they would let the file be valid in another format as well.
  eachField(new ProtoReader(bytes), handlers, (field) => {
    throw refused(`it has the unknown field ${field}`);
  });
  if (irVersion === null) throw refused("it has no IR version");
  if (graph === null) throw refused("it contains no graph");
  if (opset === null) throw refused("it has no operator set");
  external.requireAllUsed();
  return { ...(graph as Omit<Graph, "opset">), opset };
}

/** The version of ONNX's operators; null for another domain, whose operators are refused when a node uses them. */
function readOpset(reader: ProtoReader): number | null {
  let domain = "";
  let version = 1;
  eachField(reader, {
    [OpsetField.domain]: (field) => void (domain = field.string()),
    [OpsetField.version]: (field) => void (version = field.integer()),
  });
  return domain === "" || domain === "ai.onnx" ? version : null;
}

function readGraph(reader: ProtoReader, external: ExternalFiles): Omit<Graph, "opset"> {
  let name = "";
  const nodes: GraphNode[] = [];
  const initializers: Tensor[] = [];
  const inputs: ValueInfo[] = [];
  const outputs: ValueInfo[] = [];
  eachField(reader, {
    [GraphField.name]: (field) => void (name = field.string()),
    [GraphField.node]: (field) => push(nodes, readNode(field.message(), external), limits.nodes, "nodes"),
    [GraphField.initializer]: (field) => push(initializers, readTensor(field.message(), { external }), limits.tensors, "stored tensors"),
    [GraphField.sparseInitializer]: () => {
      throw refused("a tensor is stored sparsely");
    },
    [GraphField.input]: (field) => push(inputs, readValueInfo(field.message()), limits.tensors, "inputs"),
    [GraphField.output]: (field) => push(outputs, readValueInfo(field.message()), limits.edges, "outputs"),
  });
  return { name, nodes, initializers, inputs, outputs };
}

function readNode(reader: ProtoReader, external: ExternalFiles): GraphNode {
  let name = "";
  let operator = "";
  let domain = "";
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes: ProtoReader[] = [];
  eachField(reader, {
    [NodeField.name]: (field) => void (name = field.string()),
    [NodeField.operator]: (field) => void (operator = field.string()),
    [NodeField.domain]: (field) => void (domain = field.string()),
    [NodeField.input]: (field) => push(inputs, field.string(), limits.edges, "inputs of a node"),
    [NodeField.output]: (field) => push(outputs, field.string(), limits.edges, "outputs of a node"),
    [NodeField.attribute]: (field) => push(attributes, field.message(), limits.attributes, "attributes of a node"),
  });
  const node = { operator, name, inputs, outputs, attributes: new Map<string, Attribute>() };
  if (domain !== "" && domain !== "ai.onnx") refuse(node, `belongs to the domain ${domain}, whose operators are not supported`);
  // Attributes are read last: errors name the node and its operator, which may come after them in the file.
  for (const attribute of attributes) node.attributes.set(...attributeOf(node, attribute, external));
  return node;
}

function attributeOf(node: GraphNode, reader: ProtoReader, external: ExternalFiles): [string, Attribute] {
  try {
    return readAttribute(reader, node, external);
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== "CORRUPT_DATA") throw cause;
    throw new AppError("CORRUPT_DATA", `The network's ${describeNode(node)} cannot be read. ${cause.message}`, { cause });
  }
}

function readAttribute(reader: ProtoReader, node: GraphNode, external: ExternalFiles): [string, Attribute] {
  let name = "";
  const unsupported = (problem: string): never => refuse(node, `has an unsupported tensor: ${problem}`);
  let single: Attribute | null = null;
  let repeated: "ints" | "floats" | null = null;
  let type = 0;
  const ints: bigint[] = [];
  const floats: number[] = [];
  eachField(reader, {
    [AttributeField.name]: (field) => void (name = field.string()),
    [AttributeField.type]: (field) => void (type = field.integer()),
    [AttributeField.int]: (field) => void (single = { kind: "int", value: fromInt64(field.bigint()) }),
    [AttributeField.float]: (field) => void (single = { kind: "float", value: field.float() }),
    [AttributeField.string]: (field) => void (single = { kind: "string", value: field.string() }),
    [AttributeField.tensor]: (field) => void (single = { kind: "tensor", value: readTensor(field.message(), { external, unsupported }) }),
    [AttributeField.ints]: (field) => {
      repeated = "ints";
      field.integersInto(ints, limits.listed);
    },
    [AttributeField.floats]: (field) => {
      repeated = "floats";
      field.floatsInto(floats, limits.listed);
    },
  });
  if (repeated === "floats") return [name, { kind: "floats", value: floats }];
  if (repeated === "ints") return [name, { kind: "ints", value: ints.map(fromInt64) }];
  const attribute: Attribute | undefined = single ?? emptyAttributes.get(type);
  const kind = otherAttributes.get(type);
  if (kind !== undefined) refuse(node, `has ${kind} as its attribute "${name}", which is not supported`);
  if (attribute === undefined) throw refused(`attribute ${name} has the unknown type ${type}`);
  return [name, attribute];
}

/** AttributeProto types other than numbers, strings and tensors. */
const otherAttributes: ReadonlyMap<number, string> = new Map([
  [5, "a graph"],
  [8, "a list of strings"],
  [9, "a list of tensors"],
  [10, "a list of graphs"],
  [11, "a sparse tensor"],
  [12, "a list of sparse tensors"],
  [13, "a type"],
  [14, "a list of types"],
]);

/** Values of attributes without a value field: empty lists have none, and some writers omit zeros and empty strings. */
const emptyAttributes: ReadonlyMap<number, Attribute> = new Map<number, Attribute>([
  [AttributeType.int, { kind: "int", value: 0 }],
  [AttributeType.float, { kind: "float", value: 0 }],
  [AttributeType.string, { kind: "string", value: "" }],
  [AttributeType.ints, { kind: "ints", value: [] }],
  [AttributeType.floats, { kind: "floats", value: [] }],
]);

function readValueInfo(reader: ProtoReader): ValueInfo {
  let name = "";
  let elementType = 0;
  const dims: (number | string)[] = [];
  const otherKinds = Object.fromEntries(
    [...otherValueKinds].map(([field, kind]) => [
      field,
      () => {
        throw new AppError("INVALID_INPUT", `This ONNX file cannot be used: ${name} is ${kind}, and only tensors are supported.`);
      },
    ]),
  );
  const readDim = (field: ProtoReader): void => {
    let dim: number | string = "";
    eachField(field, {
      [DimField.value]: (inner) => void (dim = inner.integer()),
      [DimField.parameter]: (inner) => void (dim = inner.string()),
    });
    push(dims, dim, limits.dims, `dimensions of "${name}"`);
  };
  eachField(reader, {
    [ValueInfoField.name]: (field) => void (name = field.string()),
    [ValueInfoField.type]: (field) =>
      eachField(field.message(), {
        ...otherKinds,
        [TypeField.tensor]: (type) =>
          eachField(type.message(), {
            [TensorTypeField.elementType]: (inner) => void (elementType = inner.integer()),
            [TensorTypeField.shape]: (shape) => eachField(shape.message(), { [ShapeField.dim]: (dim) => readDim(dim.message()) }),
          }),
      }),
  });
  return { name, type: elementTypeNamed(elementType, name), dims };
}
