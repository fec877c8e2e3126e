/** Converts constants to the canonical types: half and double precision become 32-bit floats; integers keep their type. */
import type { Attribute, GraphNode, Tensor } from "./graph.ts";
import { halfPrecision } from "./halfPrecision.ts";
import { integerTensor } from "./integers.ts";

export function asFloat32(tensor: Tensor): Tensor {
  const { name, dims } = tensor;
  if (tensor.type === "float64") return { name, dims, type: "float32", data: Float32Array.from(tensor.data) };
  if (tensor.type === "float16") return { name, dims, type: "float32", data: Float32Array.from(tensor.data, halfPrecision) };
  return tensor;
}

/** The tensor of a Constant node; null for non-numeric constants. */
export function constantOf(node: GraphNode): Tensor | null {
  const [name = ""] = node.outputs;
  const [first] = node.attributes;
  if (first === undefined) return null;
  const attribute: Attribute = first[1];
  switch (attribute.kind) {
    case "tensor":
      return asFloat32({ ...attribute.value, name });
    case "float":
      return { name, dims: [], type: "float32", data: Float32Array.of(attribute.value) };
    case "floats":
      return { name, dims: [attribute.value.length], type: "float32", data: Float32Array.from(attribute.value) };
    case "int":
      return integerTensor(name, [], [attribute.value]);
    case "ints":
      return integerTensor(name, [attribute.value.length], attribute.value);
    case "string":
      return null;
  }
}
