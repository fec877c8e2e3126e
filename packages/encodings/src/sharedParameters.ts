/** Parameters of every encoding: how a value of the genome becomes a pixel. */
import type { ParameterSpec } from "@pareidolia/core/parameterSpec";
import { type ColourSpace, colourSpaces } from "./colour.ts";

export function pixelsParameter(initial: "float" | "8-bit") {
  return {
    name: "pixels",
    label: "Pixels",
    description: "Pixel values during the search: floats, or whole numbers as in an 8-bit image.",
    kind: "choice",
    default: initial,
    choices: ["float", "8-bit"],
  } as const satisfies ParameterSpec;
}

export function colourParameter(initial: ColourSpace) {
  return {
    name: "colour",
    label: "Colour",
    description: "Colour space of the genome's channels, for colour images. hls has the released code's wrapping hue.",
    kind: "choice",
    default: initial,
    choices: colourSpaces,
  } as const satisfies ParameterSpec;
}
