/** Converts images (HWC) to a network's batch, and gradients back. */
import { AppError } from "@pareidolia/core/appError";
import { type FloatImage, type ImageShape, pixelCount } from "@pareidolia/core/image";

/** @throws AppError INVALID_INPUT unless every image has this shape and the matching number of values. */
export function checkShapes(images: readonly FloatImage[], shape: ImageShape): void {
  const values = pixelCount(shape);
  for (const [index, image] of images.entries()) {
    const same = image.width === shape.width && image.height === shape.height && image.channels === shape.channels;
    if (!same || image.pixels.length !== values)
      throw new AppError(
        "INVALID_INPUT",
        `Image ${index} is ${image.width} x ${image.height} x ${image.channels} with ${image.pixels.length} values; this model reads ${shape.width} x ${shape.height} x ${shape.channels}.`,
      );
  }
}

/** Without reordering: NHWC. */
export function joinImages(images: readonly FloatImage[], shape: ImageShape, target: Float32Array): void {
  const values = pixelCount(shape);
  for (const [index, { pixels }] of images.entries()) target.set(pixels, index * values);
}

/** With a plane per channel: NCHW. */
export function packImages(images: readonly FloatImage[], shape: ImageShape, target: Float32Array): void {
  const values = pixelCount(shape);
  const plane = shape.width * shape.height;
  for (const [index, image] of images.entries()) {
    if (shape.channels === 1) {
      target.set(image.pixels, index * values);
      continue;
    }
    const planes = Array.from({ length: shape.channels }, (_, channel) => {
      const begin = index * values + channel * plane;
      return target.subarray(begin, begin + plane);
    });
    spread(image.pixels, planes);
  }
}

function spread(pixels: Float32Array, planes: readonly Float32Array[]): void {
  const [red, green, blue, ...others] = planes;
  if (red === undefined || green === undefined || blue === undefined || others.length > 0) {
    for (const [channel, plane] of planes.entries())
      for (let position = 0, from = channel; position < plane.length; position++, from += planes.length)
        plane[position] = pixels[from] as number;
    return;
  }
  // One pass over all channels takes half the time of one pass per channel.
  for (let position = 0, from = 0; position < red.length; position++, from += 3) {
    red[position] = pixels[from] as number;
    green[position] = pixels[from + 1] as number;
    blue[position] = pixels[from + 2] as number;
  }
}

/** Converts a batch's gradients (NCHW) to the layout of images (NHWC). */
export function unpackGradients(gradients: Float32Array, shape: ImageShape, target: Float32Array): void {
  const { channels } = shape;
  if (channels === 1) {
    target.set(gradients);
    return;
  }
  const plane = shape.width * shape.height;
  for (let start = 0; start < gradients.length; start += plane * channels)
    for (let channel = 0; channel < channels; channel++)
      for (let position = 0; position < plane; position++)
        target[start + position * channels + channel] = gradients[start + channel * plane + position] as number;
}
