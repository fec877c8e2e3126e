/** An image of the gallery, from any kind of run. */
import type { PixelSource } from "../marks/pixelSource.ts";
import type { RecognisedShare } from "../people/peopleTexts.ts";

export interface GalleryFact {
  readonly name: string;
  readonly value: string;
  /** Whether the value is text instead of a number. */
  readonly isText?: boolean;
}

export interface GalleryItem {
  readonly id: string;
  readonly href: string;
  readonly label: string;
  readonly image: PixelSource & { readonly id: string };
  /** The stored image's confidence in the class of the label. */
  readonly confidence: number;
  readonly runKey: string;
  /** The share of people who recognise the label; null without votes, and while it is withheld from the reader. */
  readonly recognised: RecognisedShare | null;
  readonly facts: readonly GalleryFact[];
}
