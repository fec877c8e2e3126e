/**
 * Rounds to bytes without leaving the bound. Plain rounding would leave it: 0.5 becomes 1, and a faint change of every pixel mostly
 * vanishes or grows. So each norm has its own rounding, and success is judged on the rounded image.
 */
import type { Norm } from "@pareidolia/core/norm";

/** No stored value differs from the original by more than `epsilon` grey levels. Below 1, nothing changes. */
function storeWithinLinf(original: Uint8Array, pixels: Float32Array, epsilon: number): Uint8Array {
  const largest = Math.floor(epsilon);
  return original.map((value, i) => {
    const change = Math.floor((pixels[i] as number) - value + 0.5);
    return toByte(value + Math.max(-largest, Math.min(largest, change)));
  });
}

/**
 * The longest rounded multiple of the change that is no longer than the change itself. For a strong change this is plain rounding; of
 * a faint change it keeps the strongest values and drops the rest.
 */
function storeWithinL2(original: Uint8Array, pixels: Float32Array): Uint8Array {
  const change = Float64Array.from(original, (value, i) => (pixels[i] as number) - value);
  const budget = change.reduce((sum, value) => sum + value * value, 0);
  if (budget === 0) return original.slice();
  const scaled = (factor: number, i: number): number => {
    const value = (change[i] as number) * factor;
    return toByte((original[i] as number) + (value < 0 ? -Math.floor(0.5 - value) : Math.floor(0.5 + value)));
  };
  const lengthOf = (factor: number): number => {
    let sum = 0;
    for (let i = 0; i < change.length; i++) sum += (scaled(factor, i) - (original[i] as number)) ** 2;
    return sum;
  };
  let low = 0;
  let high = 1;
  for (let doublings = 0; doublings < 16 && lengthOf(high) <= budget; doublings++) {
    low = high;
    high *= 2;
  }
  for (let halvings = 0; halvings < 12; halvings++) {
    const middle = (low + high) / 2;
    if (lengthOf(middle) <= budget) low = middle;
    else high = middle;
  }
  return original.map((_, i) => scaled(low, i));
}

/** For "linf", the largest stored difference is at most `epsilon`; for "l2", the stored change is no longer than the given one. */
export function storePixels(original: Uint8Array, pixels: Float32Array, norm: Norm, epsilon: number): Uint8Array {
  return norm === "linf" ? storeWithinLinf(original, pixels, epsilon) : storeWithinL2(original, pixels);
}

function toByte(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value;
}
