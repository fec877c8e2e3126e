/** What is left of a picture after JPEG: baseline, chroma at half the resolution below quality 90, as most programs write it. */
import type { ByteImage } from "@pareidolia/core/image";
import sharp from "sharp";

const fullChromaFrom = 90;

/** `quality` from 1 to 100. */
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
