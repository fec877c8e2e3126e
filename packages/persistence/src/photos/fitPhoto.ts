/** Cuts a picture's central part of the wanted proportions and scales it: what a network of a fixed input size sees of a photograph. */
import type { ByteImage, ImageShape } from "@pareidolia/core/image";
import sharp from "sharp";

/** A picture of that very shape is returned as it is, to the bit. */
export async function fitPhoto(image: ByteImage, shape: ImageShape): Promise<ByteImage> {
  const { width, height, channels } = shape;
  if (image.width === width && image.height === height && image.channels === channels) return image;
  const data = await sharp(image.pixels, { raw: { width: image.width, height: image.height, channels: image.channels } })
    .resize({ width, height, fit: "cover", position: "centre", kernel: "lanczos3" })
    .toColourspace(channels === 1 ? "b-w" : "srgb")
    .raw({ depth: "uchar" })
    .toBuffer();
  return { width, height, channels, pixels: Uint8Array.from(data) };
}
