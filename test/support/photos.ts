/** The photographs of known content in the shared cache, prepared for a classifier: the central square, scaled to a size. */

import type { FloatImage } from "@pareidolia/core/image";
import sharp, { type Sharp } from "sharp";
import { readShared } from "./readShared.ts";

export type PhotoName =
  | "bird.bmp"
  | "cat.bmp"
  | "dragonfly.bmp"
  | "grace_hopper.bmp"
  | "hot_dog.jpg"
  | "missvickie_potato_chips.bmp"
  | "owl.jpg"
  | "parrot.jpg";

export async function readPhoto(name: PhotoName, size: number): Promise<FloatImage> {
  const bytes = await readShared(`photos/${name}`);
  const photo = name.endsWith(".bmp") ? fromBmp(bytes) : sharp(bytes);
  const resized = photo.resize(size, size, { fit: "cover", kernel: "cubic" }).removeAlpha().toColourspace("srgb");
  const pixels = Float32Array.from(await resized.raw().toBuffer());
  if (pixels.length !== size * size * 3) throw new Error(`${name} does not have three channels.`);
  return { width: size, height: size, channels: 3, pixels };
}

/** The only BMP format in the folder: 24 bits, uncompressed, bottom row first, rows padded to four bytes. */
function fromBmp(bytes: Buffer): Sharp {
  const [start, width, height] = [bytes.readUInt32LE(10), bytes.readInt32LE(18), bytes.readInt32LE(22)];
  if (bytes.readUInt16LE(28) !== 24 || bytes.readUInt32LE(30) !== 0 || height < 0) throw new Error("This BMP has another format.");
  const stride = Math.ceil((width * 3) / 4) * 4;
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let channel = 0; channel < 3; channel++)
        pixels[(y * width + x) * 3 + channel] = bytes[start + (height - 1 - y) * stride + x * 3 + 2 - channel] as number;
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}
