/** Parameters of every encoding: how a value of the genome becomes a pixel. */
import type { ParameterSpec } from "@pareidolia/core/parameterSpec";
import { colourSpaces } from "./colour.ts";

export const pixelKinds = ["float", "8-bit"] as const;

export function pixelsParameter(initial: (typeof pixelKinds)[number]): ParameterSpec {
  return {
    name: "pixels",
    label: "Pixels",
    description: "Pixel values during the search: floats, or whole numbers as in an 8-bit image.",
    kind: "choice",
    default: initial,
    choices: pixelKinds,
  };
}

export function colourParameter(initial: (typeof colourSpaces)[number]): ParameterSpec {
  return {
    name: "colour",
    label: "Colour",
    description: "Colour space of the genome's channels, for colour images. hls has the released code's wrapping hue.",
    kind: "choice",
    default: initial,
    choices: colourSpaces,
  };
}
