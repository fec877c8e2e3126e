/** The difference of two images' stored bytes, amplified until it is visible; mid-grey is no change. */
import type { ByteImage } from "@pareidolia/core/image";

/** The largest power of two by which the largest change can be amplified without clipping. */
export function amplificationFor(linf: number): number {
  if (!(linf > 0)) return 1;
  return 2 ** Math.max(0, Math.floor(Math.log2(127 / linf)));
}

export function drawDifference(original: ByteImage, changed: ByteImage, factor: number): ByteImage {
  if (original.pixels.length !== changed.pixels.length) throw new Error("The two images differ in size.");
  const pixels = Uint8Array.from(changed.pixels, (value, i) =>
    Math.max(0, Math.min(255, 128 + factor * (value - (original.pixels[i] as number)))),
  );
  return { width: changed.width, height: changed.height, channels: changed.channels, pixels };
}
