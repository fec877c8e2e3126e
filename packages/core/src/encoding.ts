/** The port between a genome and its image. An encoding is bound to an image shape and to parameter values. */
import type { FloatImage, ImageShape } from "./image.ts";
import type { ParameterSpec, Parameters, Preset } from "./parameterSpec.ts";
import type { Random } from "./random.ts";

/** Everything that varies a genome is a pure function of its parents and of the streams handed in. */
export interface Encoding<Genome> {
  readonly id: string;
  readonly image: ImageShape;
  /** A new genome for generation 0. */
  initialise(random: Random): Genome;
  /**
   * Crosses two parents into two children (clones, possibly swapped, where the encoding has no crossover).
   * Never changes its arguments; the children share nothing with them that `mutate` may change.
   */
  cross(first: Genome, second: Genome, random: Random): readonly [Genome, Genome];
  /** Returns a mutated copy, which may take the memory of `spare`, a genome of this encoding that nobody holds any more. */
  mutate(genome: Genome, random: Random, spare?: Genome): Genome;
  /** Draws into `target.pixels` when given (same shape), else into a new image. Values in [0, 255]. Same bits on every machine. */
  decode(genome: Genome, target?: FloatImage): FloatImage;
  /** Canonical bytes: equal genomes give equal bytes, and `parse(serialise(g))` equals `g`. */
  serialise(genome: Genome): Uint8Array;
  /** @throws AppError CORRUPT_DATA on anything that this encoding did not write: cycles, NaN, sizes out of bounds. */
  parse(bytes: Uint8Array): Genome;
  /** A plain JSON form for people, downloads and the browser. */
  toJson(genome: Genome): unknown;
  /** @throws AppError INVALID_INPUT like `parse`. */
  fromJson(json: unknown): Genome;
}

/** What the registry holds: the encoding before it is bound to an image and values. */
export interface EncodingDefinition<Genome> {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly parameters: readonly ParameterSpec[];
  readonly presets: readonly Preset[];
  create(image: ImageShape, parameters: Parameters): Encoding<Genome>;
}
