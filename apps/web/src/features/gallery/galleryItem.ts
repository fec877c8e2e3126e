/** A gallery image from any kind of run, as its tile shows it. */
import type { PixelSource } from "../marks/pixelSource.ts";

export interface GalleryFact {
  readonly name: string;
  readonly value: string;
  /** Whether the value is text rather than a number. */
  readonly words?: boolean;
}

export interface GalleryItem {
  readonly id: string;
  readonly href: string;
  readonly label: string;
  readonly image: PixelSource;
  /** On the stored image, in the class that the label names. */
  readonly confidence: number;
  readonly runKey: string;
  readonly facts: readonly GalleryFact[];
}
