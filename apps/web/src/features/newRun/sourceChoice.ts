/** An image from which a run can start. */
import type { PixelSource } from "../marks/pixelSource.ts";

export interface SourceChoice {
  readonly id: string;
  readonly name: string;
  readonly image: PixelSource;
}
