/** Parameters that every encoding has: how a value in the genome becomes a pixel. */
import type { ParameterSpec } from "@pareidolia/core/parameterSpec";
import { colourSpaces } from "./colour.ts";

export const pixelKinds = ["float", "8-bit"] as const;

export function pixelsParameter(initial: (typeof pixelKinds)[number]): ParameterSpec {
  return {
    name: "pixels",
    label: "Pixels",
    description: "What the network sees during the search: float values, or whole numbers as in an 8-bit picture.",
    kind: "choice",
    default: initial,
    choices: pixelKinds,
  };
}

export function colourParameter(initial: (typeof colourSpaces)[number]): ParameterSpec {
  return {
    name: "colour",
    label: "Colour",
    description: "For colour pictures: the space whose channels the genome gives. hls has the released code's wrapping hue.",
    kind: "choice",
    default: initial,
    choices: colourSpaces,
  };
}
