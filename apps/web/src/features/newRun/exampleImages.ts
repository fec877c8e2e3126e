/** Images computed by `npm run images`: examples for the method cards of a new workspace, and digits for the introduction. */
import type { PixelSource } from "../marks/pixelSource.ts";
import computed from "./methodImages.json";
import type { NewRunMethod } from "./newRunMethods.ts";

export interface MethodImage {
  readonly image: PixelSource;
  /** Confidence in the stored image; null for a difference image, which is not scored. */
  readonly confidence: number | null;
}

interface ComputedImage {
  readonly width: number;
  readonly height: number;
  readonly png: string;
  readonly confidence: number | null;
}

function decode(images: readonly ComputedImage[]): readonly MethodImage[] {
  return images.map(({ width, height, png, confidence }) => ({
    image: { url: `data:image/png;base64,${png}`, width, height },
    confidence,
  }));
}

export const exampleImages: Readonly<Record<NewRunMethod, readonly MethodImage[]>> = {
  evolve: decode(computed.evolve),
  ascend: decode(computed.ascend),
  perturb: decode(computed.perturb),
  retrain: decode(computed.retrain),
};

/** The first test image of each digit, with LeNet's confidence in that digit. */
export const exampleDigits: readonly MethodImage[] = decode(computed.digits);
