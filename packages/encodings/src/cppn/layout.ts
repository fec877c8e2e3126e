/** Assigns a CPPN's nodes to layers by depth, for drawing its graph. */
import { type CppnGenome, inputCount, nodeCount } from "./genome.ts";
import { planNetwork } from "./network.ts";

/**
 * The layer of each node by its number: 0 for inputs, one more than its deepest source (at least 1) for a hidden node, and the last
 * layer for all outputs.
 */
export function nodeLayers(genome: CppnGenome): readonly number[] {
  const layers = new Array<number>(nodeCount(genome)).fill(0);
  const plan = planNetwork(genome, { all: true });
  const firstHidden = inputCount + genome.outputs;
  let last = 1;
  for (const { node, sources } of plan) {
    if (node < firstHidden) continue;
    layers[node] = 1 + Math.max(0, ...sources.map((source) => layers[source] as number));
    last = Math.max(last, (layers[node] as number) + 1);
  }
  for (let output = inputCount; output < firstHidden; output++) layers[output] = last;
  return layers;
}
