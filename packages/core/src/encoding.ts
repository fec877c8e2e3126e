/** The port between a genome and its image. An encoding has a fixed image shape and fixed parameter values. */
import type { FloatImage, ImageShape } from "./image.ts";
import type { ParameterSpec, Parameters, Preset } from "./parameterSpec.ts";
import type { Random } from "./random.ts";

/** Each operation that varies genomes is a pure function of the parents and the random streams passed to it. */
export interface Encoding<Genome> {
  readonly id: string;
  readonly image: ImageShape;
  /** A new genome for generation 0. */
  initialise(random: Random): Genome;
  /**
   * Crosses two parents into two children (clones, possibly swapped, if the encoding has no crossover).
   * Does not change its arguments. The children share no memory with them that `mutate` may change.
   */
  cross(first: Genome, second: Genome, random: Random): readonly [Genome, Genome];
  /** Returns a mutated copy, which may reuse the memory of `spare`, a genome of this encoding that is no longer in use. */
  mutate(genome: Genome, random: Random, spare?: Genome): Genome;
  /** Draws into `target.pixels` if given (same shape), else into a new image. Values in [0, 255]. Same bits on every machine. */
  decode(genome: Genome, target?: FloatImage): FloatImage;
  /** Canonical bytes: equal genomes give equal bytes, and `parse(serialise(g))` equals `g`. */
  serialise(genome: Genome): Uint8Array;
  /** @throws AppError CORRUPT_DATA for bytes that this encoding cannot have written: cycles, NaN, sizes out of bounds. */
  parse(bytes: Uint8Array): Genome;
  /** The genome as readable JSON, for downloads and the browser. */
  toJson(genome: Genome): unknown;
  /** @throws AppError INVALID_INPUT where `parse` throws CORRUPT_DATA. */
  fromJson(json: unknown): Genome;
}

/** An entry of the registry: creates the encoding for an image shape and parameter values. */
export interface EncodingDefinition<Genome> {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly parameters: readonly ParameterSpec[];
  readonly presets: readonly Preset[];
  /** Names of the parameters that decide how a genome becomes an image. The others only vary genomes. */
  readonly drawingParameters: readonly string[];
  create(image: ImageShape, parameters: Parameters): Encoding<Genome>;
}
