/** Where a drawing of a CPPN puts its nodes: in layers by depth. */
import { type CppnGenome, inputCount, nodeCount } from "./genome.ts";
import { planNetwork } from "./network.ts";

/**
 * The layer of each node by its number: inputs in 0, a hidden node one behind the deepest of its sources (at least in 1),
 * all outputs in the last, behind every hidden node.
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
