/**
 * Where onnxruntime computes a graph, in its words. Its WebGPU provider takes three kinds of nodes that it gets wrong; they are left to
 * the processor by name. Pooling that also returns the places of its maxima, as the gradient of every MaxPool needs them, fails; a
 * slice that runs backwards begins at the wrong end; a convolution of 6, 9, 15 and so on channels to a multiple of four reads wrong ones.
 */
import type { Graph, GraphNode, Tensor } from "@pareidolia/onnx/graph";

export type Provider = "cpu" | "cuda" | "webgpu";
export type ExecutionProvider = Provider | { readonly name: Provider; readonly forceCpuNodeNames: readonly string[] };

export function executionProvider(provider: Provider, graph: Graph): ExecutionProvider {
  if (provider !== "webgpu") return provider;
  const constants = new Map(graph.initializers.map((tensor) => [tensor.name, tensor]));
  const wrong = graph.nodes.filter(
    (node) =>
      returnsPlaces(node) ||
      (node.operator === "Slice" && !runsForward(node, constants)) ||
      (node.operator === "Conv" && readsWrongChannels(node, constants)),
  );
  // An empty list is refused.
  return wrong.length === 0 ? provider : { name: provider, forceCpuNodeNames: wrong.map(({ name }) => name) };
}

function returnsPlaces({ operator, outputs }: GraphNode): boolean {
  return operator === "MaxPool" && (outputs[1] ?? "") !== "";
}

/** Steps that are no constant may be any. */
function runsForward({ inputs }: GraphNode, constants: ReadonlyMap<string, Tensor>): boolean {
  const steps = inputs[4] ?? "";
  return steps === "" || (constants.get(steps)?.data.every((step) => step > 0) ?? false);
}

/**
 * Its kernel for whatever is more than a product, one cell at a time without strides or padding, counts channels by threes where their
 * number is one of three's multiples and none of four's, and is right for three alone (onnxruntime 1.30). Weights that are no constant
 * may be any.
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

/** Also where there is no such attribute: 1 and 0 are what it then is. */
function holdsOnly(attributes: GraphNode["attributes"], name: string, wanted: number): boolean {
  const attribute = attributes.get(name);
  return attribute?.kind !== "ints" || attribute.value.every((value) => value === wanted);
}
