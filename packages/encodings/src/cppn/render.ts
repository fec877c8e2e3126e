/**
 * Computes a CPPN for all pixels, node by node over tiles of pixels that fit the cache. Strict float32: sums run in the order of the
 * genome's connections, and every product and addition is rounded. A vectorised kernel with the same operations gives the same bits.
 */
import { type FloatImage, type ImageShape, pixelCount } from "@pareidolia/core/image";
import { type ColourSpace, toRgb } from "../colour.ts";
import { activateRange } from "./activations.ts";
import { type CppnGenome, inputCount } from "./genome.ts";
import { type CoordinateKind, coordinateInputs } from "./inputs.ts";
import { type NetworkNode, planNetwork } from "./network.ts";

const tile = 1024;
const f = Math.fround;

export interface RenderOptions {
  readonly coordinates: CoordinateKind;
  readonly eightBit: boolean;
  readonly colour: ColourSpace;
}

/** The released code's rule: |255 v|, truncated when 8-bit; negative values are mirrored. */
function pixelOf(value: number, eightBit: boolean): number {
  const pixel = Math.min(255, Math.abs(f(255 * value)));
  return eightBit ? Math.floor(pixel) : pixel;
}

/** target[to + i] = or += weight * source[from + i] */
function accumulate(
  source: Float32Array,
  from: number,
  weight: number,
  target: Float32Array,
  to: number,
  count: number,
  first: boolean,
): void {
  if (first) for (let i = 0; i < count; i++) target[to + i] = f((source[from + i] as number) * weight);
  else for (let i = 0; i < count; i++) target[to + i] = f((target[to + i] as number) + f((source[from + i] as number) * weight));
}

/** A renderer for one image size. Reuses the coordinates and the working memory. */
export class CppnRenderer {
  readonly #shape: ImageShape;
  readonly #options: RenderOptions;
  readonly #inputs: readonly Float32Array[];
  #values = new Float32Array(0);

  constructor(shape: ImageShape, options: RenderOptions) {
    this.#shape = shape;
    this.#options = options;
    this.#inputs = coordinateInputs(shape.width, shape.height, options.coordinates);
  }

  /** Writes the image of the outputs. */
  render(genome: CppnGenome, pixels: Float32Array): void {
    const { channels } = this.#shape;
    const plan = planNetwork(genome);
    this.#compute(genome, plan, (start, count) => {
      for (let output = 0; output < channels; output++) {
        const base = this.#base(inputCount + output);
        for (let i = 0; i < count; i++)
          pixels[(start + i) * channels + output] = pixelOf(this.#values[base + i] as number, this.#options.eightBit);
      }
    });
    if (channels === 3) toRgb(pixels, this.#options.colour, this.#options.eightBit);
  }

  /** A grey image of every node by its number, by the same rule. Inputs are scaled so that their maximum is white. */
  renderNodes(genome: CppnGenome): readonly FloatImage[] {
    const { width, height } = this.#shape;
    const images = Array.from({ length: inputCount + genome.activations.length }, () => new Float32Array(width * height));
    for (const [node, values] of this.#inputs.entries()) {
      const largest = Math.max(1, ...[0, width - 1, values.length - width, values.length - 1].map((i) => Math.abs(values[i] as number)));
      for (let i = 0; i < values.length; i++) (images[node] as Float32Array)[i] = pixelOf(f((values[i] as number) / largest), false);
    }
    const plan = planNetwork(genome, { all: true });
    this.#compute(genome, plan, (start, count) => {
      for (const { node } of plan)
        for (let i = 0; i < count; i++)
          (images[node] as Float32Array)[start + i] = pixelOf(this.#values[this.#base(node) + i] as number, this.#options.eightBit);
    });
    return images.map((pixels) => ({ width, height, channels: 1, pixels }));
  }

  #base(node: number): number {
    return (node - inputCount) * tile;
  }

  #compute(genome: CppnGenome, plan: readonly NetworkNode[], finished: (start: number, count: number) => void): void {
    const needed = genome.activations.length * tile;
    if (this.#values.length < needed) this.#values = new Float32Array(needed);
    const total = pixelCount({ ...this.#shape, channels: 1 });
    for (let start = 0; start < total; start += tile) {
      const count = Math.min(tile, total - start);
      for (const step of plan) this.#computeNode(genome, step, start, count);
      finished(start, count);
    }
  }

  #computeNode(genome: CppnGenome, { node, sources, weights }: NetworkNode, start: number, count: number): void {
    const values = this.#values;
    const to = this.#base(node);
    if (sources.length === 0) values.fill(0, to, to + count);
    for (let i = 0; i < sources.length; i++) {
      const source = sources[i] as number;
      const weight = weights[i] as number;
      if (source < inputCount) accumulate(this.#inputs[source] as Float32Array, start, weight, values, to, count, i === 0);
      else accumulate(values, this.#base(source), weight, values, to, count, i === 0);
    }
    activateRange[genome.activations[node - inputCount] as keyof typeof activateRange](values, to, to + count);
  }
}
