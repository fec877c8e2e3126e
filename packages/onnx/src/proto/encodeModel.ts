/** Writes a graph as an ONNX file (ModelProto). The same graph gives the same bytes. */
import { type Attribute, canonicalOpset, type Graph, type GraphNode, type Tensor, type ValueInfo } from "../graph.ts";
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
      writer.integer(AttributeField.int, attribute.value);
      break;
    case "float":
      writer.float(AttributeField.float, attribute.value);
      break;
    case "string":
      writer.string(AttributeField.string, attribute.value);
      break;
    case "ints":
      for (const value of attribute.value) writer.integer(AttributeField.ints, value);
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

/** `raw_data` is little-endian whatever the machine. */
function littleEndian(tensor: Tensor): Uint8Array {
  const raw = new Uint8Array(tensor.data.byteLength);
  const view = new DataView(raw.buffer);
  switch (tensor.type) {
    case "float32":
      for (const [index, value] of tensor.data.entries()) view.setFloat32(index * 4, value, true);
      break;
    case "float64":
      for (const [index, value] of tensor.data.entries()) view.setFloat64(index * 8, value, true);
      break;
    case "float16":
      for (const [index, value] of tensor.data.entries()) view.setUint16(index * 2, value, true);
      break;
    case "int64":
      for (const [index, value] of tensor.data.entries()) view.setBigInt64(index * 8, value, true);
      break;
    case "int32":
      for (const [index, value] of tensor.data.entries()) view.setInt32(index * 4, value, true);
      break;
    case "int8":
    case "uint8":
    case "bool":
      raw.set(tensor.data);
  }
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
