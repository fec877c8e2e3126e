/** Images with labels for training, as bytes in the layout of a network's input (NCHW). */
import { AppError } from "@pareidolia/core/appError";
import { type ByteImage, type ImageShape, pixelCount } from "@pareidolia/core/image";

export interface LabelledImages {
  readonly shape: ImageShape;
  readonly classes: number;
  readonly count: number;
  /** N x channels x height x width, from 0 to 255. */
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

/** The first `size` images and the rest, as views. */
export function splitImages<T extends LabelledImages>(set: T, size: number): readonly [T, T] {
  const pixels = pixelCount(set.shape);
  const part = (from: number, to: number): T => ({
    ...set,
    count: to - from,
    images: set.images.subarray(from * pixels, to * pixels),
    labels: set.labels.subarray(from, to),
  });
  return [part(0, size), part(size, set.count)];
}

/** Concatenates sets; the result has the largest number of classes. @throws AppError INVALID_INPUT for images of different sizes. */
export function joinImages(sets: readonly LabelledImages[]): LabelledImages {
  const [first] = sets;
  const isOther = ({ shape }: LabelledImages): boolean =>
    shape.width !== first?.shape.width || shape.height !== first.shape.height || shape.channels !== first.shape.channels;
  if (first === undefined || sets.some(isOther))
    throw new AppError("INVALID_INPUT", "Images of different sizes cannot be joined into one set.");
  return {
    shape: first.shape,
    classes: Math.max(...sets.map(({ classes }) => classes)),
    count: sets.reduce((sum, { count }) => sum + count, 0),
    images: Buffer.concat(sets.map(({ images }) => images)),
    labels: Buffer.concat(sets.map(({ labels }) => labels)),
  };
}

/** A set of images (HWC) that all have one label. @throws AppError INVALID_INPUT for an image of another shape. */
export function imagesOfOneClass(sources: readonly ByteImage[], shape: ImageShape, label: number): LabelledImages {
  const size = pixelCount(shape);
  const images = new Uint8Array(sources.length * size);
  for (const [place, { width, height, channels, pixels }] of sources.entries()) {
    if (width !== shape.width || height !== shape.height || channels !== shape.channels)
      throw new AppError(
        "INVALID_INPUT",
        `An image is ${width} x ${height} x ${channels}; the data set's are ${shape.width} x ${shape.height} x ${shape.channels}.`,
      );
    const area = width * height;
    for (let i = 0; i < area; i++)
      for (let c = 0; c < channels; c++) images[place * size + c * area + i] = pixels[i * channels + c] as number;
  }
  return { shape, classes: label + 1, count: sources.length, images, labels: new Uint8Array(sources.length).fill(label) };
}

/** One image of a set, with its channels interleaved (HWC). */
export function toByteImage({ shape, images }: LabelledImages, index: number): ByteImage {
  const { channels } = shape;
  const size = pixelCount(shape);
  const area = size / channels;
  const pixels = new Uint8Array(size);
  for (let i = 0; i < area; i++)
    for (let c = 0; c < channels; c++) pixels[i * channels + c] = images[index * size + c * area + i] as number;
  return { ...shape, pixels };
}
