/**
 * The photographs of the perturbation experiment: uncompressed BMP files in the cache folder's `photos`, cropped to the central square
 * and resized to the network's input. The experiment leaves out photographs whose top class has less than .5: changing their label would
 * prove nothing.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "@pareidolia/core/appError";
import { type ByteImage, type FloatImage, type ImageShape, quantiseImage } from "@pareidolia/core/image";
import { resizeImage } from "./resizeImage.ts";

export interface Photo {
  readonly name: string;
  readonly image: FloatImage;
}

/** In order of file names; empty if there is no folder. */
export async function readPhotos(cacheFolder: string): Promise<readonly Photo[]> {
  const folder = join(cacheFolder, "photos");
  const names = await readdir(folder).catch(() => []);
  const bitmaps = names.filter((name) => name.toLowerCase().endsWith(".bmp")).sort();
  return Promise.all(bitmaps.map(async (name) => ({ name, image: centralSquare(readBitmap(name, await readFile(join(folder, name)))) })));
}

export function photoFor({ image }: Photo, shape: ImageShape): ByteImage {
  return quantiseImage(resizeImage(halveDownTo(image, shape.width), shape));
}

/** @throws AppError INVALID_INPUT for formats other than 24 bits per pixel, uncompressed, bottom row first. */
function readBitmap(name: string, bytes: Buffer): FloatImage {
  const isKnown =
    bytes.length > 54 && bytes.toString("latin1", 0, 2) === "BM" && bytes.readUInt16LE(28) === 24 && bytes.readUInt32LE(30) === 0;
  const [start, width, height] = isKnown ? [bytes.readUInt32LE(10), bytes.readInt32LE(18), bytes.readInt32LE(22)] : [0, 0, 0];
  const stride = Math.ceil((width * 3) / 4) * 4;
  if (width < 1 || height < 1 || start + stride * height > bytes.length)
    throw new AppError("INVALID_INPUT", `${name} must be an uncompressed BMP with 24 bits per pixel.`, { field: "photos" });
  const pixels = new Float32Array(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let channel = 0; channel < 3; channel++)
        pixels[(y * width + x) * 3 + channel] = bytes[start + (height - 1 - y) * stride + x * 3 + 2 - channel] as number;
  return { width, height, channels: 3, pixels };
}

function centralSquare({ width, height, channels, pixels }: FloatImage): FloatImage {
  const side = Math.min(width, height);
  const left = Math.floor((width - side) / 2);
  const top = Math.floor((height - side) / 2);
  const square = new Float32Array(side * side * channels);
  for (let y = 0; y < side; y++) {
    const from = ((top + y) * width + left) * channels;
    square.set(pixels.subarray(from, from + side * channels), y * side * channels);
  }
  return { width: side, height: side, channels, pixels: square };
}

/** Halves the image by averaging as long as it is at least as large as the target; bilinear resizing alone would skip pixels. */
function halveDownTo(image: FloatImage, side: number): FloatImage {
  let current = image;
  while (current.width >= 2 * side) {
    const { width, channels, pixels } = current;
    const half = Math.floor(width / 2);
    const smaller = new Float32Array(half * half * channels);
    for (let y = 0; y < half; y++)
      for (let x = 0; x < half; x++)
        for (let c = 0; c < channels; c++) {
          const at = (dy: number, dx: number): number => pixels[((2 * y + dy) * width + 2 * x + dx) * channels + c] as number;
          smaller[(y * half + x) * channels + c] = (at(0, 0) + at(0, 1) + at(1, 0) + at(1, 1)) / 4;
        }
    current = { width: half, height: half, channels, pixels: smaller };
  }
  return current;
}
