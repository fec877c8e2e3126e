/** Validates genomes from files: only those that this encoding can breed are accepted. */
import { AppError, type AppErrorCode } from "@pareidolia/core/appError";
import { type CppnGenome, inputCount, maximumConnections, maximumNodes, nodeCount } from "./genome.ts";
import { hasCycle } from "./network.ts";

/** Checks the declared sizes before anything is allocated. */
export function requireSizes(code: AppErrorCode, nodes: number, connections: number): void {
  if (nodes > maximumNodes)
    throw new AppError(code, `A CPPN has at most ${maximumNodes} nodes; this one has ${nodes}.`, { field: "nodes" });
  if (connections > maximumConnections)
    throw new AppError(code, `A CPPN has at most ${maximumConnections} connections; this one has ${connections}.`, {
      field: "connections",
    });
}

/** @throws AppError with `code` for the first error found. */
export function requireValid(genome: CppnGenome, outputs: number, code: AppErrorCode): CppnGenome {
  const nodes = nodeCount(genome);
  requireSizes(code, nodes, genome.connections.length);
  if (genome.outputs !== outputs)
    throw new AppError(code, `This image needs ${outputs} outputs; the CPPN has ${genome.outputs}.`, { field: "outputs" });
  if (genome.activations.length < outputs)
    throw new AppError(code, `${outputs} outputs need at least ${outputs} nodes; the CPPN has ${genome.activations.length}.`, {
      field: "nodes",
    });
  const firstHidden = inputCount + outputs;
  for (const [i, { from, to, gene }] of genome.connections.entries()) {
    const isSource = Number.isInteger(from) && from >= 0 && from < nodes && (from < inputCount || from >= firstHidden);
    const isTarget = Number.isInteger(to) && to >= inputCount && to < nodes;
    if (!isSource || !isTarget)
      throw new AppError(code, `Connection ${i} from ${from} to ${to} is not possible in a CPPN of ${nodes} nodes.`, {
        field: `connections.${i}`,
      });
    if (!(gene >= 0 && gene <= 1) || Math.fround(gene) !== gene || Object.is(gene, -0))
      throw new AppError(code, `The weight gene of connection ${i} is not a float32 in [0, 1].`, { field: `connections.${i}.gene` });
  }
  if (hasCycle(genome)) throw new AppError(code, "The CPPN has a cycle.", { field: "connections" });
  return genome;
}
