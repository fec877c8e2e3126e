/** How a batch is cut into pieces for inference threads. Results do not depend on it; only speed does. */

/** Pieces of at most `size` images; a `together` piece is computed by all cores at once, every other by one of them. */
export interface Cut {
  readonly size: number;
  readonly together: boolean;
}

export type CutBatch = (images: number) => Cut;

/** A larger piece is never made, so that an abort or another caller never waits long, and large images never fill the memory. */
const largestPiece = 256;
const mostValuesPerPiece = 2_500_000;

export function mostImages(valuesPerImage: number): number {
  return Math.max(1, Math.min(largestPiece, Math.floor(mostValuesPerPiece / valuesPerImage)));
}

/** One piece a thread. */
export function cutEvenly(options: { readonly threads: number; readonly valuesPerImage: number }): CutBatch {
  const most = mostImages(options.valuesPerImage);
  return (images) => ({ size: Math.min(most, Math.ceil(images / options.threads)), together: false });
}
