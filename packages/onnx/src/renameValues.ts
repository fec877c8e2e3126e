/** Renames values of a graph, to free names for new nodes. */
import type { Graph } from "./graph.ts";

/** Names each node after its first output, which is unique: engines refuse two nodes with the same name. */
export function renameValues(graph: Graph, names: ReadonlyMap<string, string>): Graph {
  const renamed = (name: string): string => names.get(name) ?? name;
  return {
    name: graph.name,
    nodes: graph.nodes.map((node) => {
      const outputs = node.outputs.map(renamed);
      return { ...node, name: outputs.find((output) => output !== "") ?? node.name, inputs: node.inputs.map(renamed), outputs };
    }),
    initializers: graph.initializers.map((tensor) => ({ ...tensor, name: renamed(tensor.name) })),
    inputs: graph.inputs.map((value) => ({ ...value, name: renamed(value.name) })),
    outputs: graph.outputs.map((value) => ({ ...value, name: renamed(value.name) })),
    ...(graph.values === undefined ? {} : { values: graph.values.map((value) => ({ ...value, name: renamed(value.name) })) }),
  };
}
