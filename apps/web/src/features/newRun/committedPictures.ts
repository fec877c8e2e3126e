/** What `npm run pictures` computed for the method cards of a workspace that has made nothing yet. */
import type { PixelSource } from "../marks/pixelSource.ts";
import computed from "./methodPictures.json";
import type { NewRunMethod } from "./newRunMethods.ts";

export interface MethodPicture {
  readonly image: PixelSource;
  /** On the stored bytes; null for a difference, which has none. */
  readonly confidence: number | null;
}

interface ComputedPicture {
  readonly width: number;
  readonly height: number;
  readonly png: string;
  readonly confidence: number | null;
}

function decode(pictures: readonly ComputedPicture[]): readonly MethodPicture[] {
  return pictures.map(({ width, height, png, confidence }) => ({
    image: { url: `data:image/png;base64,${png}`, width, height },
    confidence,
  }));
}

export const committedPictures: Readonly<Record<NewRunMethod, readonly MethodPicture[]>> = {
  evolve: decode(computed.evolve),
  ascend: decode(computed.ascend),
  perturb: decode(computed.perturb),
  retrain: decode(computed.retrain),
};

/** The first test image of each digit, with LeNet's confidence in that digit. */
export const committedDigits: readonly MethodPicture[] = decode(computed.digits);
