/** A stored image's URL and size. */
export interface PixelSource {
  readonly url: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}
