/** The mask after a briefly shown image: static from a seeded generator, so that a trial always has the same one. */
import { Purpose, Random } from "@pareidolia/core/random";

/** A mask of an image with larger pixels has as many cells as the image has pixels, and never more than this, on each side. */
const maxCells = 64;

export function maskCellsOf({ width, height }: { readonly width: number; readonly height: number }): number {
  return Math.min(maxCells, Math.max(width, height));
}

/** A seed from 0 to 2^31 - 1 for a text: FNV-1a (Fowler, Noll & Vo), 32 bits. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash & 0x7fffffff;
}

/** Uniform grey levels from 0 to 255: opaque RGBA, cells x cells x 4. */
export function drawStatic(seed: number, trial: number, cells: number): Uint8ClampedArray<ArrayBuffer> {
  const random = new Random({ seed, generation: 0, index: trial, purpose: Purpose.NOISE });
  const pixels = new Uint8ClampedArray(cells * cells * 4);
  for (let at = 0; at < pixels.length; at += 4) {
    pixels.fill(random.below(256), at, at + 3);
    pixels[at + 3] = 255;
  }
  return pixels;
}
