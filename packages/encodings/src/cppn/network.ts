/**
 * Sorts a genome's nodes topologically: sources before targets, without nodes that no output depends on. The released code runs
 * depth + 1 synchronous steps instead, which is equivalent for a feed-forward graph.
 */
import { AppError } from "@pareidolia/core/appError";
import { type CppnGenome, developedWeight, inputCount, nodeCount } from "./genome.ts";

export interface NetworkNode {
  readonly node: number;
  /** Sources and developed weights in the order of the genome's connections, which is the order of summation. */
  readonly sources: readonly number[];
  readonly weights: readonly number[];
}

/** For each node, the indices of its incoming connections. */
function incomingConnections(genome: CppnGenome): number[][] {
  const incoming: number[][] = Array.from({ length: nodeCount(genome) }, () => []);
  for (const [i, { to }] of genome.connections.entries()) incoming[to]?.push(i);
  return incoming;
}

/**
 * The targets and all nodes that they depend on, except inputs, in topological order. Null if they contain a cycle.
 */
function orderFrom(genome: CppnGenome, incoming: readonly number[][], targets: Iterable<number>): number[] | null {
  const state = new Uint8Array(nodeCount(genome)); // 0 not visited, 1 in progress, 2 done
  const order: number[] = [];
  for (const target of targets) {
    const stack = [target];
    while (stack.length > 0) {
      const node = stack.at(-1) as number;
      if (state[node] === 2 || node < inputCount) {
        stack.pop();
        continue;
      }
      if (state[node] === 1) {
        state[node] = 2;
        order.push(node);
        stack.pop();
        continue;
      }
      state[node] = 1;
      for (const index of incoming[node] as number[]) {
        const source = genome.connections[index]?.from as number;
        if (state[source] === 1) return null;
        if (state[source] === 0) stack.push(source);
      }
    }
  }
  return order;
}

export function hasCycle(genome: CppnGenome): boolean {
  const all = Array.from({ length: genome.activations.length }, (_, i) => inputCount + i);
  return orderFrom(genome, incomingConnections(genome), all) === null;
}

/**
 * The nodes to compute, in order: only nodes that outputs depend on, or every node with `all`.
 * @throws AppError INTERNAL on a cycle, which parsing rejects and no mutation creates.
 */
export function planNetwork(genome: CppnGenome, { all = false }: { readonly all?: boolean } = {}): readonly NetworkNode[] {
  const incoming = incomingConnections(genome);
  const count = all ? genome.activations.length : genome.outputs;
  const order = orderFrom(
    genome,
    incoming,
    Array.from({ length: count }, (_, i) => inputCount + i),
  );
  if (order === null) throw new AppError("INTERNAL", "The CPPN has a cycle.");
  return order.map((node) => {
    const connections = (incoming[node] as number[]).map((index) => genome.connections[index] as CppnGenome["connections"][number]);
    return { node, sources: connections.map(({ from }) => from), weights: connections.map(({ gene }) => developedWeight(gene)) };
  });
}

/** A mask of all nodes from which `node` can be reached, including itself. */
export function ancestorsOf(genome: CppnGenome, node: number): Uint8Array {
  const mask = new Uint8Array(nodeCount(genome));
  const incoming = incomingConnections(genome);
  const stack = [node];
  mask[node] = 1;
  while (stack.length > 0)
    for (const index of incoming[stack.pop() as number] as number[]) {
      const source = genome.connections[index]?.from as number;
      if (mask[source] === 1) continue;
      mask[source] = 1;
      stack.push(source);
    }
  return mask;
}
