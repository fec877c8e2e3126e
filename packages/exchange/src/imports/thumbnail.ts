/** Makes an image small enough for a preview. */
import type { ByteImage } from "@pareidolia/core/image";

export const thumbnailSide = 64;
/** Images that a preview shows. */
export const maxThumbnails = 24;

/** Each pixel is the mean of a square; the image itself if it is small already. */
export function thumbnailOf(image: ByteImage): ByteImage {
  const factor = Math.ceil(Math.max(image.width, image.height) / thumbnailSide);
  if (factor <= 1) return image;
  const { channels, pixels } = image;
  const [width, height] = [Math.max(1, Math.floor(image.width / factor)), Math.max(1, Math.floor(image.height / factor))];
  const [across, down] = [Math.min(factor, image.width), Math.min(factor, image.height)];
  const small = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        for (let dy = 0; dy < down; dy++)
          for (let dx = 0; dx < across; dx++) sum += pixels[((y * factor + dy) * image.width + x * factor + dx) * channels + channel] ?? 0;
        small[(y * width + x) * channels + channel] = Math.round(sum / (across * down));
      }
  return { width, height, channels, pixels: small };
}
