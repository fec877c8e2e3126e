/** Crops an image and scales it to a network's input shape. */
import type { ByteImage, ImageShape } from "@pareidolia/core/image";
import { cropArea, type SourceCrop } from "@pareidolia/core/sourceCrop";
import sharp from "sharp";

/** `crop` defaults to the largest central one. An image that already has this shape is returned unchanged. */
export async function fitPhoto(image: ByteImage, shape: ImageShape, crop: SourceCrop | null = null): Promise<ByteImage> {
  const { width, height, channels } = shape;
  const area = crop === null ? null : cropArea(image, shape, crop);
  const isWhole = area === null || (area.width === image.width && area.height === image.height);
  if (isWhole && image.width === width && image.height === height && image.channels === channels) return image;
  const opened = sharp(image.pixels, { raw: { width: image.width, height: image.height, channels: image.channels } });
  const data = await (area === null ? opened : opened.extract(area))
    .resize({ width, height, fit: "cover", position: "centre", kernel: "lanczos3" })
    .toColourspace(channels === 1 ? "b-w" : "srgb")
    .raw({ depth: "uchar" })
    .toBuffer();
  return { width, height, channels, pixels: Uint8Array.from(data) };
}
