/** An image that a run is to begin from. */
import type { PixelSource } from "../marks/pixelSource.ts";

export interface SourceWanted {
  readonly id: string;
  readonly name: string;
  readonly image: PixelSource;
}
