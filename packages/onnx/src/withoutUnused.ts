/** Removes nodes and initializers that no output depends on. */
import type { Graph, GraphNode } from "./graph.ts";

export function withoutUnused(graph: Graph): Graph {
  const needed = new Set(graph.outputs.map((value) => value.name));
  const kept: GraphNode[] = [];
  for (const node of graph.nodes.toReversed()) {
    if (!node.outputs.some((output) => needed.has(output))) continue;
    for (const input of node.inputs) needed.add(input);
    kept.push(node);
  }
  return {
    ...graph,
    nodes: kept.reverse(),
    initializers: graph.initializers.filter((tensor) => needed.has(tensor.name)),
    ...(graph.values === undefined ? {} : { values: graph.values.filter((value) => needed.has(value.name)) }),
  };
}
