/**
 * The part of a photograph that a network sees. If its proportions differ from the network's input, something is cut off, and the person
 * who starts the run may choose what to keep. Without a choice it is the largest central part.
 */
export interface SourceCrop {
  /** Centre of the part as shares of the photograph's width and height, 0 to 1. */
  readonly x: number;
  readonly y: number;
  /** Side of the part as a share of the largest one that fits. */
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

/** The part with the input's proportions, moved inside the photograph where it would reach beyond an edge. */
export function cropArea(photo: Size, input: Size, { x, y, size }: SourceCrop): CropArea {
  const scale = Math.min(photo.width / input.width, photo.height / input.height) * size;
  const width = Math.max(1, Math.min(photo.width, Math.round(input.width * scale)));
  const height = Math.max(1, Math.min(photo.height, Math.round(input.height * scale)));
  return { left: place(x, width, photo.width), top: place(y, height, photo.height), width, height };
}
