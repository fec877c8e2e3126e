/** Compares two images byte by byte. */
import type { ByteImage } from "@pareidolia/core/image";

export type Comparison =
  | { readonly kind: "identical"; readonly bytes: number }
  | { readonly kind: "shape" }
  | { readonly kind: "different"; readonly count: number; readonly bytes: number; readonly largest: number };

export function compareImages(drawn: ByteImage, stored: ByteImage): Comparison {
  if (drawn.width !== stored.width || drawn.height !== stored.height || drawn.channels !== stored.channels) return { kind: "shape" };
  let count = 0;
  let largest = 0;
  for (let i = 0; i < stored.pixels.length; i++) {
    const distance = Math.abs((drawn.pixels[i] as number) - (stored.pixels[i] as number));
    if (distance === 0) continue;
    count++;
    largest = Math.max(largest, distance);
  }
  const bytes = stored.pixels.length;
  return count === 0 ? { kind: "identical", bytes } : { kind: "different", count, bytes, largest };
}
