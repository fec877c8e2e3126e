/**
 * Gates the gradient of Relu -> MaxPool after the pooling. If only the MaxPool reads the Relu, a second Relu after the pooling changes
 * no value and closes for the same pixels, because a pooled value is positive exactly where its source pixel is. So the smaller pooled
 * gradient is gated once and passes through the first Relu unchanged.
 */
import type { Graph, GraphNode } from "./graph.ts";

export interface GatedAfterPooling {
  readonly graph: Graph;
  /** Nodes that return the gradient of their output unchanged. */
  readonly passThrough: ReadonlySet<GraphNode>;
}

export function gateAfterPooling(graph: Graph): GatedAfterPooling {
  const readers = new Map<string, number>(graph.outputs.map(({ name }) => [name, 1]));
  for (const name of graph.nodes.flatMap(({ inputs }) => inputs)) readers.set(name, (readers.get(name) ?? 0) + 1);
  const relus = new Map(graph.nodes.filter(({ operator }) => operator === "Relu").map((node) => [node.outputs[0] ?? "", node]));
  const taken = new Set([...graph.initializers.map(({ name }) => name), ...graph.nodes.flatMap(({ outputs }) => outputs)]);
  const passThrough = new Set<GraphNode>();
  const nodes = graph.nodes.flatMap((node): GraphNode[] => {
    const [rectified = ""] = node.inputs;
    const [pooled = ""] = node.outputs;
    const relu = relus.get(rectified);
    const pooledName = `${pooled}.pooled`;
    const isOnlyReader = readers.get(rectified) === 1 && node.outputs.length === 1;
    if (node.operator !== "MaxPool" || relu === undefined || !isOnlyReader || taken.has(pooledName)) return [node];
    passThrough.add(relu);
    return [
      { ...node, name: pooledName, outputs: [pooledName] },
      { operator: "Relu", name: pooled, inputs: [pooledName], outputs: [pooled], attributes: new Map() },
    ];
  });
  return { graph: { ...graph, nodes }, passThrough };
}
