/**
 * The execution provider of a graph, as onnxruntime's session option. The WebGPU provider computes three kinds of nodes incorrectly,
 * which are assigned to the processor by name: a MaxPool that also returns the indices of its maxima, which its gradient needs, fails;
 * a Slice with negative steps starts at the wrong end; a Conv from 6, 9, 15, ... channels to a multiple of four reads wrong channels.
 */
import type { Graph, GraphNode, Tensor } from "@pareidolia/onnx/graph";

export type Provider = "cpu" | "cuda" | "webgpu";
export type ExecutionProvider = Provider | { readonly name: Provider; readonly forceCpuNodeNames: readonly string[] };

export function executionProvider(provider: Provider, graph: Graph): ExecutionProvider {
  if (provider !== "webgpu") return provider;
  const constants = new Map(graph.initializers.map((tensor) => [tensor.name, tensor]));
  const wrong = graph.nodes.filter(
    (node) =>
      returnsIndices(node) ||
      (node.operator === "Slice" && !runsForward(node, constants)) ||
      (node.operator === "Conv" && readsWrongChannels(node, constants)),
  );
  // onnxruntime refuses an empty list.
  return wrong.length === 0 ? provider : { name: provider, forceCpuNodeNames: wrong.map(({ name }) => name) };
}

function returnsIndices({ operator, outputs }: GraphNode): boolean {
  return operator === "MaxPool" && (outputs[1] ?? "") !== "";
}

/** False for steps that are not constant, as they may be negative. */
function runsForward({ inputs }: GraphNode, constants: ReadonlyMap<string, Tensor>): boolean {
  const steps = inputs[4] ?? "";
  return steps === "" || (constants.get(steps)?.data.every((step) => step > 0) ?? false);
}

/**
 * onnxruntime 1.30 computes every Conv except a 1 x 1 convolution without strides and padding with a kernel that reads channels in
 * groups of three if their number is a multiple of three but not of four. That is correct for three channels only. True for weights
 * that are not constant, as their shape is unknown.
 */
function readsWrongChannels({ inputs, attributes }: GraphNode, constants: ReadonlyMap<string, Tensor>): boolean {
  const group = attributes.get("group");
  if (group?.kind === "int" && group.value > 1) return false;
  const weights = constants.get(inputs[1] ?? "");
  if (weights === undefined) return true;
  const [filters = 0, channels = 0, ...window] = weights.dims;
  const isProduct = window.every((side) => side === 1) && holdsOnly(attributes, "strides", 1) && holdsOnly(attributes, "pads", 0);
  return filters % 4 === 0 && channels > 3 && channels % 3 === 0 && channels % 4 !== 0 && !isProduct;
}

/** True without the attribute as well, since `wanted` is its default. */
function holdsOnly(attributes: GraphNode["attributes"], name: string, wanted: number): boolean {
  const attribute = attributes.get(name);
  return attribute?.kind !== "ints" || attribute.value.every((value) => value === wanted);
}
