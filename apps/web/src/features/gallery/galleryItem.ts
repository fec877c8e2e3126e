/** An image of the gallery, whichever kind of run made it: what its tile shows. */
import type { PixelSource } from "../marks/PixelImage.tsx";

export interface GalleryFact {
  readonly name: string;
  readonly value: string;
  /** Whether the value is words and not figures. */
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
