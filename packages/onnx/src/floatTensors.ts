/** Constants in the canonical types: half and double precision become 32-bit floats, other integers stay as they are. */
import type { Attribute, GraphNode, Tensor } from "./graph.ts";
import { halfPrecision } from "./halfPrecision.ts";
import { wholeTensor } from "./wholeNumbers.ts";

export function asFloat32(tensor: Tensor): Tensor {
  const { name, dims } = tensor;
  if (tensor.type === "float64") return { name, dims, type: "float32", data: Float32Array.from(tensor.data) };
  if (tensor.type === "float16") return { name, dims, type: "float32", data: Float32Array.from(tensor.data, halfPrecision) };
  return tensor;
}

/** What a Constant node holds; null for a kind that networks do not compute with. */
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
      return wholeTensor(name, [], [attribute.value]);
    case "ints":
      return wholeTensor(name, [attribute.value.length], attribute.value);
    case "string":
      return null;
  }
}
