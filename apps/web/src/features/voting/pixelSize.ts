/**
 * By how much the file of an image enlarges its pixels. Small images are enlarged for voters by a whole number; the page divides by it and
 * enlarges by its own whole number, so that pixels stay squares of one size.
 */

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

interface Pixels {
  readonly width: number;
  readonly height: number;
  /** One RGBA pixel a value. */
  readonly values: Uint32Array;
}

/** The largest whole number of which every change of colour and both sides are multiples. 1 for an image of one colour. */
export function pixelSizeOf({ width, height, values }: Pixels): number {
  let size = gcd(width, height);
  for (let y = 0; y < height && size > 1; y++)
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (x % size !== 0 && values[at] !== values[at - 1]) size = gcd(size, x);
      if (y % size !== 0 && values[at] !== values[at - width]) size = gcd(size, y);
    }
  return size === gcd(width, height) ? 1 : size;
}

/** 1 where the browser refuses to read the image. */
export async function readPixelSize(file: Blob): Promise<number> {
  try {
    const bitmap = await createImageBitmap(file);
    const { width, height } = bitmap;
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (context === null) return 1;
    context.drawImage(bitmap, 0, 0);
    bitmap.close();
    return pixelSizeOf({ width, height, values: new Uint32Array(context.getImageData(0, 0, width, height).data.buffer) });
  } catch {
    return 1;
  }
}
