/** Renames values of a graph whose names new nodes need, without clashing with any other value. */
import type { Graph } from "./graph.ts";

/** @returns a new name for each value whose name is taken. */
export function freeNames(graph: Graph, isTaken: (name: string) => boolean): Map<string, string> {
  const used = new Set([...graph.inputs, ...graph.initializers].map((value) => value.name));
  for (const node of graph.nodes) for (const output of node.outputs) used.add(output);
  const names = new Map<string, string>();
  for (const name of used) {
    if (!isTaken(name)) continue;
    let free = `network.${name}`;
    while (used.has(free)) free = `network.${free}`;
    names.set(name, free);
  }
  return names;
}
