/**
 * The genome of a CPPN: a feed-forward graph. Nodes are numbered: the four inputs (x, y, d, bias), the outputs, then the
 * hidden nodes. A connection keeps its weight as a gene in [0, 1]; what it multiplies by is developed from it.
 * There are no innovation numbers and no speciation, as in the released code: this is not NEAT.
 */

export const activations = ["sine", "sigmoid", "gaussian", "linear"] as const;
export type Activation = (typeof activations)[number];

export interface Connection {
  readonly from: number;
  readonly to: number;
  /** Float32 in [0, 1]. */
  readonly gene: number;
}

export interface CppnGenome {
  readonly outputs: number;
  /** Of the outputs, then of the hidden nodes: node n has `activations[n - inputCount]`. */
  readonly activations: readonly Activation[];
  readonly connections: readonly Connection[];
}

export const inputNames = ["x", "y", "d", "bias"] as const;
export const inputCount = inputNames.length;

/**
 * Bounds on what is read and bred. The released code has none; growth of about .3 nodes a generation stays below for any
 * run of the paper's length, and a file cannot ask for an absurd amount of work.
 */
export const maximumNodes = 4096;
export const maximumConnections = 16384;

export function nodeCount(genome: CppnGenome): number {
  return inputCount + genome.activations.length;
}

/** [0, 1] to [-10, 10], in float32. */
export function developedWeight(gene: number): number {
  return Math.fround(Math.fround(gene * 20) - 10);
}
