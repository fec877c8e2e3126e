/**
 * Where only a MaxPool reads a Relu, a second Relu behind the pooling changes nothing, and its gate closes wherever the first one's
 * would: a pooled value is positive exactly where the pixel that it came from is. So the gradient is gated once, on the few values
 * that were kept, and passes the first Relu as it is.
 */
import type { Graph, GraphNode } from "./graph.ts";

export interface GatedAfterPooling {
  readonly graph: Graph;
  /** Nodes that pass the gradient on as it is. */
  readonly passed: ReadonlySet<GraphNode>;
}

export function gateAfterPooling(graph: Graph): GatedAfterPooling {
  const readers = new Map<string, number>(graph.outputs.map(({ name }) => [name, 1]));
  for (const name of graph.nodes.flatMap(({ inputs }) => inputs)) readers.set(name, (readers.get(name) ?? 0) + 1);
  const relus = new Map(graph.nodes.filter(({ operator }) => operator === "Relu").map((node) => [node.outputs[0] ?? "", node]));
  const taken = new Set([...graph.initializers.map(({ name }) => name), ...graph.nodes.flatMap(({ outputs }) => outputs)]);
  const passed = new Set<GraphNode>();
  const nodes = graph.nodes.flatMap((node): GraphNode[] => {
    const [rectified = ""] = node.inputs;
    const [pooled = ""] = node.outputs;
    const relu = relus.get(rectified);
    const between = `${pooled}.pooled`;
    const alone = readers.get(rectified) === 1 && node.outputs.length === 1;
    if (node.operator !== "MaxPool" || relu === undefined || !alone || taken.has(between)) return [node];
    passed.add(relu);
    return [
      { ...node, name: between, outputs: [between] },
      { operator: "Relu", name: pooled, inputs: [between], outputs: [pooled], attributes: new Map() },
    ];
  });
  return { graph: { ...graph, nodes }, passed };
}
