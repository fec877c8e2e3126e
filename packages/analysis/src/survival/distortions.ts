/**
 * Common distortions of images: compression, scaling, blur and cropping. Each keeps the image's size, so the network takes it like the
 * original.
 */
import type { ByteImage } from "@pareidolia/core/image";
import { blurImage } from "./blurImage.ts";
import { resample } from "./resample.ts";

export interface Distortion {
  readonly id: string;
  /** Display name, with the unit of the levels. */
  readonly label: string;
  /** From the mildest to the harshest. */
  readonly levels: readonly number[];
  distort(image: ByteImage, level: number): ByteImage | Promise<ByteImage>;
}

/** Encodes as JPEG at a quality of 1 to 100 and decodes again. Injected, since this package has no codec. */
export type JpegRoundTrip = (image: ByteImage, quality: number) => Promise<ByteImage>;

function share(size: number, percent: number): number {
  return Math.max(1, Math.round((size * percent) / 100));
}

function resizeAndBack(image: ByteImage, percent: number): ByteImage {
  const small = resample(image, share(image.width, percent), share(image.height, percent));
  return resample(small, image.width, image.height);
}

function cropCentre(image: ByteImage, percent: number): ByteImage {
  const { channels, pixels } = image;
  const [width, height] = [share(image.width, percent), share(image.height, percent)];
  const [left, top] = [Math.floor((image.width - width) / 2), Math.floor((image.height - height) / 2)];
  const cropped = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * image.width + left) * channels;
    cropped.set(pixels.subarray(from, from + width * channels), y * width * channels);
  }
  return resample({ width, height, channels, pixels: cropped }, image.width, image.height);
}

export function distortionsWith(jpeg: JpegRoundTrip): readonly Distortion[] {
  return [
    { id: "jpeg", label: "JPEG quality", levels: [100, 90, 80, 70, 60, 50, 40, 30, 20, 10], distort: jpeg },
    { id: "resize", label: "Resize and back, %", levels: [100, 90, 80, 70, 60, 50, 40, 30, 20, 10], distort: resizeAndBack },
    { id: "blur", label: "Gaussian blur, σ px", levels: [0, 0.25, 0.5, 0.75, 1, 1.5, 2, 3], distort: blurImage },
    { id: "crop", label: "Central crop, %", levels: [100, 95, 90, 80, 70, 60, 50], distort: cropCentre },
  ];
}
