/**
 * Mutation of CPPNs in the order of the released code (gen_dnn_ff.hpp, gen_hyper_nn.hpp): weights, activations, then at most one of
 * each: add a connection, delete a connection, add a node, delete a node. There is no crossover: the released code's only swaps
 * clones. Genomes are never changed in place, and stay feed-forward.
 */
import type { Random } from "@pareidolia/core/random";
import { polynomialMutation } from "../polynomialMutation.ts";
import { activations, type Connection, type CppnGenome, inputCount, maximumConnections, maximumNodes, nodeCount } from "./genome.ts";
import { ancestorsOf } from "./network.ts";
import type { CppnParameters } from "./parameters.ts";

export type MutationParameters = Omit<CppnParameters, "coordinates" | "pixels" | "colour">;

function pick<T>(choices: readonly T[], random: Random): T {
  return choices[random.below(choices.length)] as T;
}

/** A genome without hidden nodes: all inputs connected to all outputs, weights and activations uniformly random. */
export function randomGenome(outputs: number, random: Random): CppnGenome {
  const connections: Connection[] = [];
  for (let from = 0; from < inputCount; from++)
    for (let output = 0; output < outputs; output++)
      connections.push({ from, to: inputCount + output, gene: Math.fround(random.uniform()) });
  return { outputs, activations: Array.from({ length: outputs }, () => pick(activations, random)), connections };
}

/** Adds a connection from a random input or hidden node to a random output or hidden node that is not among its ancestors. */
function addConnection(genome: CppnGenome, random: Random): CppnGenome {
  if (genome.connections.length >= maximumConnections) return genome;
  const index = random.below(nodeCount(genome) - genome.outputs);
  const from = index < inputCount ? index : index + genome.outputs;
  const ancestors = ancestorsOf(genome, from);
  const targets: number[] = [];
  for (let node = inputCount; node < ancestors.length; node++) if (ancestors[node] === 0) targets.push(node);
  const to = pick(targets, random); // never empty: outputs are not ancestors
  return { ...genome, connections: [...genome.connections, { from, to, gene: Math.fround(random.uniform()) }] };
}

function deleteConnection(genome: CppnGenome, random: Random): CppnGenome {
  if (genome.connections.length === 0) return genome;
  return { ...genome, connections: genome.connections.toSpliced(random.below(genome.connections.length), 1) };
}

/** Splits a random connection by a new node. Both new connections keep its weight. */
function addNode(genome: CppnGenome, random: Random): CppnGenome {
  const { connections } = genome;
  const node = nodeCount(genome);
  if (connections.length === 0 || connections.length >= maximumConnections || node >= maximumNodes) return genome;
  const index = random.below(connections.length);
  const { from, to, gene } = connections[index] as Connection;
  return {
    outputs: genome.outputs,
    activations: [...genome.activations, pick(activations, random)],
    connections: [...connections.toSpliced(index, 1), { from, to: node, gene }, { from: node, to, gene }],
  };
}

/** Removes a random hidden node with its connections. Later nodes are renumbered. */
function deleteNode(genome: CppnGenome, random: Random): CppnGenome {
  const hidden = genome.activations.length - genome.outputs;
  if (hidden === 0) return genome;
  const removed = inputCount + genome.outputs + random.below(hidden);
  const renumber = (node: number) => (node > removed ? node - 1 : node);
  return {
    outputs: genome.outputs,
    activations: genome.activations.toSpliced(removed - inputCount, 1),
    connections: genome.connections
      .filter(({ from, to }) => from !== removed && to !== removed)
      .map(({ from, to, gene }) => ({ from: renumber(from), to: renumber(to), gene })),
  };
}

/** Makes the mutation for fixed parameters. */
export function cppnMutation(parameters: MutationParameters): (genome: CppnGenome, random: Random) => CppnGenome {
  const { weightRate, activationRate, addConnectionRate, deleteConnectionRate, addNodeRate, deleteNodeRate } = parameters;
  const mutateGene = polynomialMutation(parameters.weightEta);
  return (genome, random) => {
    let child: CppnGenome = {
      outputs: genome.outputs,
      connections: genome.connections.map((connection) =>
        random.chance(weightRate) ? { from: connection.from, to: connection.to, gene: mutateGene(connection.gene, random) } : connection,
      ),
      activations: genome.activations.map((activation) => (random.chance(activationRate) ? pick(activations, random) : activation)),
    };
    if (random.chance(addConnectionRate)) child = addConnection(child, random);
    if (random.chance(deleteConnectionRate)) child = deleteConnection(child, random);
    if (random.chance(addNodeRate)) child = addNode(child, random);
    if (random.chance(deleteNodeRate)) child = deleteNode(child, random);
    return child;
  };
}
