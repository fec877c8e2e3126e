/** Encodes an image as JPEG and decodes it again: baseline, with chroma at half the resolution below quality 90, like most programs. */
import type { ByteImage } from "@pareidolia/core/image";
import sharp from "sharp";

const fullChromaFrom = 90;

/** `quality` is 1 to 100. */
export async function jpegRoundTrip({ width, height, channels, pixels }: ByteImage, quality: number): Promise<ByteImage> {
  const jpeg = await sharp(pixels, { raw: { width, height, channels } })
    .toColourspace(channels === 1 ? "b-w" : "srgb")
    .jpeg({ quality, chromaSubsampling: quality < fullChromaFrom ? "4:2:0" : "4:4:4", mozjpeg: false })
    .toBuffer();
  const data = await sharp(jpeg)
    .toColourspace(channels === 1 ? "b-w" : "srgb")
    .raw({ depth: "uchar" })
    .toBuffer();
  return { width, height, channels, pixels: Uint8Array.from(data) };
}
