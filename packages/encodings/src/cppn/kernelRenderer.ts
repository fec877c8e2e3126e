/**
 * Renders CPPNs with the compiled kernel (kernel/cppnKernel.ts): the same bits as `CppnRenderer`, several times as fast, without
 * compiling anything per network. The WebAssembly module is compiled once. If that is forbidden (a browser's Content-Security-Policy
 * without 'wasm-unsafe-eval') or SIMD is not supported, use `CppnRenderer`.
 */
import type { ImageShape } from "@pareidolia/core/image";
import { colourSpaces } from "../colour.ts";
import { activations, type CppnGenome, inputCount, nodeCount } from "./genome.ts";
import { coordinateInputs } from "./inputs.ts";
import { kernelBytes } from "./kernelBytes.ts";
import { type NetworkNode, planNetwork } from "./network.ts";
import type { RenderOptions } from "./render.ts";
import { repetitionsOf } from "./repetition.ts";

interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  render(
    program: number,
    programEnd: number,
    planes: number,
    inputs: number,
    outputs: number,
    target: number,
    pixels: number,
    step: number,
    channels: number,
    space: number,
    eightBit: number,
  ): void;
}

const pageBytes = 65536;
const tileBytes = 1024;
/** Pixels per step of the kernel. */
const pixelsPerStep = 32;
const bias = 3;

/** The parts of the global `WebAssembly` in use. TypeScript declares its types only in the DOM library. */
interface Compiler {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}

function compiler(): Compiler {
  return (globalThis as unknown as { readonly WebAssembly: Compiler }).WebAssembly;
}

let compiled: object | null | undefined;

function compile(): object | null {
  try {
    return new (compiler().Module)(Uint8Array.from(atob(kernelBytes), (letter) => letter.charCodeAt(0)));
  } catch {
    return null;
  }
}

/** Size of a program in bytes: four words per node and two per source. */
function programBytes(plan: readonly NetworkNode[]): number {
  return plan.reduce((sum, { sources }) => sum + 16 + 8 * sources.length, 0);
}

/** A renderer for one image size, with its own memory: coordinates, image, then the tiles and the program of one network. */
export class KernelRenderer {
  readonly #kernel: KernelExports;
  readonly #shape: ImageShape;
  readonly #options: RenderOptions;
  readonly #pixels: number;
  /** Whether a tile is a row of the image. */
  readonly #byRow: boolean;
  readonly #planes = tileBytes;
  readonly #target: number;
  readonly #tiles: number;

  private constructor(kernel: KernelExports, shape: ImageShape, options: RenderOptions) {
    this.#kernel = kernel;
    this.#shape = shape;
    this.#options = options;
    this.#pixels = Math.ceil((shape.width * shape.height) / pixelsPerStep) * pixelsPerStep;
    this.#byRow = shape.width % pixelsPerStep === 0 && 4 * shape.width <= tileBytes;
    this.#target = this.#planes + 3 * 4 * this.#pixels;
    this.#tiles = this.#target + shape.channels * 4 * this.#pixels;
    this.#reserve(this.#tiles + inputCount * tileBytes);
    const { buffer } = kernel.memory;
    for (const [input, values] of coordinateInputs(shape.width, shape.height, options.coordinates).entries())
      if (input !== bias) new Float32Array(buffer, this.#planes + input * 4 * this.#pixels, this.#pixels).set(values);
    new Float32Array(buffer, this.#tileOf(bias), tileBytes / 4).fill(1);
  }

  /** Null if WebAssembly with SIMD is not available. */
  static open(shape: ImageShape, options: RenderOptions): KernelRenderer | null {
    if (compiled === undefined) compiled = compile();
    if (compiled === null) return null;
    const { exports } = new (compiler().Instance)(compiled);
    return new KernelRenderer(exports as KernelExports, shape, options);
  }

  render(genome: CppnGenome, pixels: Float32Array): void {
    const { channels, width, height } = this.#shape;
    const plan = planNetwork(genome);
    const program = this.#tiles + nodeCount(genome) * tileBytes;
    const end = program + programBytes(plan);
    this.#reserve(end);
    this.#write(genome, plan, program);
    this.#kernel.render(
      program,
      end,
      this.#planes,
      this.#tiles,
      this.#tileOf(inputCount),
      this.#target,
      this.#pixels,
      this.#byRow ? 4 * width : tileBytes,
      channels,
      colourSpaces.indexOf(this.#options.colour),
      this.#options.eightBit ? 1 : 0,
    );
    pixels.set(new Float32Array(this.#kernel.memory.buffer, this.#target, width * height * channels));
  }

  #tileOf(node: number): number {
    return this.#tiles + node * tileBytes;
  }

  #reserve(bytes: number): void {
    const { memory } = this.#kernel;
    const missing = bytes - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
  }

  #write(genome: CppnGenome, plan: readonly NetworkNode[], program: number): void {
    const words = new Int32Array(this.#kernel.memory.buffer, program);
    const numbers = new Float32Array(this.#kernel.memory.buffer, program);
    const repetitions = repetitionsOf(plan, this.#byRow);
    let at = 0;
    for (const [i, { node, sources, weights }] of plan.entries()) {
      words[at] = activations.indexOf(genome.activations[node - inputCount] as (typeof activations)[number]);
      words[at + 1] = sources.length;
      words[at + 2] = this.#tileOf(node);
      words[at + 3] = repetitions[i] as number;
      at += 4;
      for (let source = 0; source < sources.length; source++, at += 2) {
        words[at] = this.#tileOf(sources[source] as number);
        numbers[at + 1] = weights[source] as number;
      }
    }
  }
}
