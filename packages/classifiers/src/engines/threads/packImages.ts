/** From pictures (HWC) to a network's batch (NCHW). */
import { AppError } from "@pareidolia/core/appError";
import { type FloatImage, type ImageShape, pixelCount } from "@pareidolia/core/image";

/** @throws AppError INVALID_INPUT unless every image has this shape, in name and in its number of values. */
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

export function packImages(images: readonly FloatImage[], shape: ImageShape, target: Float32Array): void {
  const values = pixelCount(shape);
  const plane = shape.width * shape.height;
  for (const [index, image] of images.entries()) {
    if (shape.channels === 1) {
      target.set(image.pixels, index * values);
      continue;
    }
    for (let channel = 0; channel < shape.channels; channel++)
      for (let position = 0; position < plane; position++)
        target[index * values + channel * plane + position] = image.pixels[position * shape.channels + channel] as number;
  }
}

/** The way back: a batch's gradients (NCHW) in the layout of its pictures. */
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
