/** Writes a graph as an ONNX file (ModelProto). Deterministic: equal graphs give equal bytes. */
import { type Attribute, canonicalOpset, type Graph, type GraphNode, type Tensor, type ValueInfo } from "../graph.ts";
import { toInt64 } from "../integers.ts";
import {
  AttributeField,
  AttributeType,
  DimField,
  ElementType,
  GraphField,
  ModelField,
  NodeField,
  OpsetField,
  ShapeField,
  TensorField,
  TensorTypeField,
  TypeField,
  ValueInfoField,
} from "./fieldNumbers.ts";
import { ProtoWriter } from "./protoWriter.ts";

const irVersion = 8;
const machineIsLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

export function encodeModel(graph: Graph): Uint8Array {
  const writer = new ProtoWriter();
  writer.integer(ModelField.irVersion, irVersion);
  writer.string(ModelField.producerName, "pareidolia");
  writer.message(ModelField.graph, (inner) => writeGraph(inner, graph));
  writer.message(ModelField.opsetImport, (inner) => {
    inner.string(OpsetField.domain, "");
    inner.integer(OpsetField.version, graph.opset ?? canonicalOpset);
  });
  return writer.finish();
}

function writeGraph(writer: ProtoWriter, graph: Graph): void {
  for (const node of graph.nodes) writer.message(GraphField.node, (inner) => writeNode(inner, node));
  writer.string(GraphField.name, graph.name);
  for (const tensor of graph.initializers) writer.message(GraphField.initializer, (inner) => writeTensor(inner, tensor));
  for (const input of graph.inputs) writer.message(GraphField.input, (inner) => writeValueInfo(inner, input));
  for (const output of graph.outputs) writer.message(GraphField.output, (inner) => writeValueInfo(inner, output));
  for (const value of graph.values ?? []) writer.message(GraphField.valueInfo, (inner) => writeValueInfo(inner, value));
}

function writeNode(writer: ProtoWriter, node: GraphNode): void {
  for (const input of node.inputs) writer.string(NodeField.input, input);
  for (const output of node.outputs) writer.string(NodeField.output, output);
  writer.string(NodeField.name, node.name);
  writer.string(NodeField.operator, node.operator);
  for (const [name, attribute] of node.attributes) writer.message(NodeField.attribute, (inner) => writeAttribute(inner, name, attribute));
}

function writeAttribute(writer: ProtoWriter, name: string, attribute: Attribute): void {
  writer.string(AttributeField.name, name);
  switch (attribute.kind) {
    case "int":
      writer.integer(AttributeField.int, toInt64(attribute.value));
      break;
    case "float":
      writer.float(AttributeField.float, attribute.value);
      break;
    case "string":
      writer.string(AttributeField.string, attribute.value);
      break;
    case "ints":
      for (const value of attribute.value) writer.integer(AttributeField.ints, toInt64(value));
      break;
    case "floats":
      for (const value of attribute.value) writer.float(AttributeField.floats, value);
      break;
    case "tensor":
      writer.message(AttributeField.tensor, (inner) => writeTensor(inner, attribute.value));
  }
  writer.integer(AttributeField.type, AttributeType[attribute.kind]);
}

function writeTensor(writer: ProtoWriter, tensor: Tensor): void {
  writer.packedIntegers(TensorField.dims, tensor.dims);
  writer.integer(TensorField.dataType, ElementType[tensor.type]);
  writer.string(TensorField.name, tensor.name);
  writer.bytes(TensorField.rawData, littleEndian(tensor));
}

/** `raw_data` is little-endian on every machine. */
function littleEndian({ data }: Tensor): Uint8Array {
  const own = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (machineIsLittleEndian) return own;
  const raw = own.slice();
  for (let start = 0; start < raw.length; start += data.BYTES_PER_ELEMENT) raw.subarray(start, start + data.BYTES_PER_ELEMENT).reverse();
  return raw;
}

function writeValueInfo(writer: ProtoWriter, info: ValueInfo): void {
  writer.string(ValueInfoField.name, info.name);
  writer.message(ValueInfoField.type, (type) =>
    type.message(TypeField.tensor, (tensor) => {
      tensor.integer(TensorTypeField.elementType, ElementType[info.type]);
      tensor.message(TensorTypeField.shape, (shape) => {
        for (const dim of info.dims)
          shape.message(ShapeField.dim, (inner) => {
            if (typeof dim === "number") inner.integer(DimField.value, dim);
            else inner.string(DimField.parameter, dim);
          });
      });
    }),
  );
}
