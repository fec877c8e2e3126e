/** The mask after a briefly shown image: static from a seeded generator, so that a trial always has the same one. */
import { Purpose, Random } from "@pareidolia/core/random";

/** The static is this many cells wide and high, like an image of small pixels. */
export const maskCells = 64;

/** A seed from 0 to 2^31 - 1 for a text: FNV-1a (Fowler, Noll & Vo), 32 bits. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash & 0x7fffffff;
}

/** Uniform grey levels from 0 to 255: opaque RGBA, cells x cells x 4. */
export function drawStatic(seed: number, trial: number, cells = maskCells): Uint8ClampedArray<ArrayBuffer> {
  const random = new Random({ seed, generation: 0, index: trial, purpose: Purpose.NOISE });
  const pixels = new Uint8ClampedArray(cells * cells * 4);
  for (let at = 0; at < pixels.length; at += 4) {
    pixels.fill(random.below(256), at, at + 3);
    pixels[at + 3] = 255;
  }
  return pixels;
}
