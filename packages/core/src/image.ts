/** Image types: float pixels for searches, bytes for storage. */

export interface ImageShape {
  readonly width: number;
  readonly height: number;
  /** 1 is grey, 3 is RGB. */
  readonly channels: 1 | 3;
}

/** Row-major, channels interleaved (HWC), values in [0, 255]. The output of encodings and the input of classifiers. */
export interface FloatImage extends ImageShape {
  readonly pixels: Float32Array;
}

/** The same layout in 8 bits. Images are stored and displayed in this form, and scored after decoding. */
export interface ByteImage extends ImageShape {
  readonly pixels: Uint8Array;
}

export function pixelCount(shape: ImageShape): number {
  return shape.width * shape.height * shape.channels;
}

/** Rounds each value to the nearest integer, halves up, and clips it to [0, 255]. Integers in that range do not change. */
export function quantiseImage(image: FloatImage): ByteImage {
  const pixels = new Uint8Array(image.pixels.length);
  for (let i = 0; i < pixels.length; i++) {
    const value = Math.floor((image.pixels[i] as number) + 0.5);
    pixels[i] = value < 0 ? 0 : value > 255 ? 255 : value;
  }
  return { width: image.width, height: image.height, channels: image.channels, pixels };
}

export function toFloatImage(image: ByteImage): FloatImage {
  return { width: image.width, height: image.height, channels: image.channels, pixels: Float32Array.from(image.pixels) };
}
