/**
 * Many files are exported for one image at a time: their input has a batch of exactly 1, and so has every Reshape. Here the batch
 * becomes free, and a Reshape of what depends on the image keeps its first size (0 in ONNX's terms) instead of setting it to 1.
 */
import type { Graph, GraphNode, Tensor } from "@pareidolia/onnx/graph";

export function withFreeBatch(graph: Graph): Graph {
  const stored = new Map(graph.initializers.map((tensor) => [tensor.name, tensor]));
  const [image] = graph.inputs.filter((value) => !stored.has(value.name));
  if (image?.dims[0] !== 1) return graph;
  const active = new Set([image.name]);
  const shapes: Tensor[] = [];
  const nodes = graph.nodes.map((node) => {
    if (!node.inputs.some((input) => active.has(input))) return node;
    for (const output of node.outputs) active.add(output);
    const shape = stored.get(node.inputs[1] ?? "");
    if (node.operator !== "Reshape" || shape?.type !== "int64" || shape.data[0] !== 1n) return node;
    return keepingBatch(node, shape, shapes);
  });
  const free = (value: Graph["inputs"][number]) => (value.dims[0] === 1 ? { ...value, dims: ["batch", ...value.dims.slice(1)] } : value);
  return {
    ...graph,
    nodes,
    initializers: [...graph.initializers, ...shapes],
    inputs: graph.inputs.map((value) => (value.name === image.name ? free(value) : value)),
    outputs: graph.outputs.map(free),
  };
}

/** The shape gets a tensor of its own, since others may read the stored one. */
function keepingBatch(node: GraphNode, shape: Extract<Tensor, { type: "int64" }>, shapes: Tensor[]): GraphNode {
  const name = `${node.outputs[0]}.keptBatch`;
  shapes.push({ ...shape, name, data: shape.data.map((size, axis) => (axis === 0 ? 0n : size)) });
  return { ...node, inputs: [node.inputs[0] ?? "", name] };
}
