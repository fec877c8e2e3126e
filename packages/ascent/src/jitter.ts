/** Jitter: shifts an image before evaluation, wrapping around its edges, and shifts the gradient back. */
import type { ImageShape } from "@pareidolia/core/image";
import { Purpose, Random } from "@pareidolia/core/random";

export interface Shift {
  readonly x: number;
  readonly y: number;
}

/** Drawn from the stream of (seed, class, step + 1), since the start image uses 0. So it does not depend on how the batch is split. */
export function jitterShift(largest: number, address: { seed: number; classIndex: number; step: number }): Shift {
  if (largest === 0) return { x: 0, y: 0 };
  const random = new Random({ seed: address.seed, generation: address.step + 1, index: address.classIndex, purpose: Purpose.ASCEND });
  const draw = (): number => random.below(2 * largest + 1) - largest;
  return { x: draw(), y: draw() };
}

export function shiftAround(values: Float32Array, { width, height, channels }: ImageShape, shift: Shift): Float32Array {
  if (shift.x === 0 && shift.y === 0) return values;
  const shifted = new Float32Array(values.length);
  for (let y = 0; y < height; y++) {
    const toY = modulo(y + shift.y, height);
    for (let x = 0; x < width; x++) {
      const to = (toY * width + modulo(x + shift.x, width)) * channels;
      const from = (y * width + x) * channels;
      for (let c = 0; c < channels; c++) shifted[to + c] = values[from + c] as number;
    }
  }
  return shifted;
}

function modulo(value: number, size: number): number {
  return ((value % size) + size) % size;
}
