/**
 * The crop of a photograph that a run starts from, with the aspect ratio of the network's input. A user may choose it; the default is the
 * largest central crop.
 */
export interface SourceCrop {
  /** Centre of the crop as shares of the photograph's width and height, 0 to 1. */
  readonly x: number;
  readonly y: number;
  /** Side of the crop as a share of the largest one that fits, 0.1 to 1. */
  readonly size: number;
}

export const centreCrop: SourceCrop = { x: 0.5, y: 0.5, size: 1 };
export const leastCropSize = 0.1;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** In whole pixels of the photograph. */
export interface CropArea extends Size {
  readonly left: number;
  readonly top: number;
}

export function isSourceCrop({ x, y, size }: SourceCrop): boolean {
  return [x, y].every((share) => share >= 0 && share <= 1) && size >= leastCropSize && size <= 1;
}

function place(centre: number, length: number, whole: number): number {
  return Math.max(0, Math.min(whole - length, Math.round(centre * whole - length / 2)));
}

/** The area of a crop with the input's aspect ratio, moved inside the photograph if it would extend beyond an edge. */
export function cropArea(photo: Size, input: Size, { x, y, size }: SourceCrop): CropArea {
  const scale = Math.min(photo.width / input.width, photo.height / input.height) * size;
  const width = Math.max(1, Math.min(photo.width, Math.round(input.width * scale)));
  const height = Math.max(1, Math.min(photo.height, Math.round(input.height * scale)));
  return { left: place(x, width, photo.width), top: place(y, height, photo.height), width, height };
}
