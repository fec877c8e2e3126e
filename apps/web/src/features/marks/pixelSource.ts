/** A stored image as a page shows it. */
export interface PixelSource {
  readonly url: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}
