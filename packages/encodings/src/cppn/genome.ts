/**
 * The genome of a CPPN: a feed-forward graph. Nodes are numbered: first the four inputs (x, y, d, bias), then the outputs, then the
 * hidden nodes. A connection stores its weight as a gene in [0, 1], which `developedWeight` maps to the weight.
 * As in the released code, this is not NEAT: there are no innovation numbers and no speciation.
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
  /** First the outputs', then the hidden nodes': node n has `activations[n - inputCount]`. */
  readonly activations: readonly Activation[];
  readonly connections: readonly Connection[];
}

export const inputNames = ["x", "y", "d", "bias"] as const;
export const inputCount = inputNames.length;

/**
 * Limits for genomes read or bred; the released code has none. They prevent a file from causing excessive work. At about .3 new
 * nodes per generation, no run of the paper's length reaches them.
 */
export const maximumNodes = 4096;
export const maximumConnections = 16384;

export function nodeCount(genome: CppnGenome): number {
  return inputCount + genome.activations.length;
}

/** Maps a gene in [0, 1] to a weight in [-10, 10], in float32. */
export function developedWeight(gene: number): number {
  return Math.fround(Math.fround(gene * 20) - 10);
}
