/** How a batch is cut into pieces for the inference threads. This affects speed only, not results. */

/** Pieces of at most `size` images, each computed by one core, or with `together` by all cores. */
export interface Cut {
  readonly size: number;
  readonly together: boolean;
}

export type CutBatch = (images: number) => Cut;

/** The limits of a piece keep waiting times (after an abort, or for other callers) and memory low. */
const maxPieceSize = 256;
const maxValuesPerPiece = 2_500_000;

export function mostImages(valuesPerImage: number): number {
  return Math.max(1, Math.min(maxPieceSize, Math.floor(maxValuesPerPiece / valuesPerImage)));
}

/** One piece per thread, unless a piece would become too large. */
export function cutEvenly(options: { readonly threads: number; readonly valuesPerImage: number }): CutBatch {
  const most = mostImages(options.valuesPerImage);
  return (images) => ({ size: Math.min(most, Math.ceil(images / options.threads)), together: false });
}
