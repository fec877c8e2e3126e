/**
 * The indirect encoding (Nguyen, Yosinski and Clune 2015, section 2.2): a compositional pattern-producing network maps the
 * coordinates of a pixel to its value. One gene affects many pixels, so patterns are regular.
 */
import type { Encoding, EncodingDefinition } from "@pareidolia/core/encoding";
import { type FloatImage, type ImageShape, pixelCount } from "@pareidolia/core/image";
import { type Parameters, resolveParameters } from "@pareidolia/core/parameterSpec";
import type { CppnGenome } from "./genome.ts";
import { KernelRenderer } from "./kernelRenderer.ts";
import { cppnMutation, randomGenome } from "./mutation.ts";
import { type CppnParameters, cppnParameters, cppnPresets } from "./parameters.ts";
import { CppnRenderer, type RenderOptions } from "./render.ts";
import { cppnFromJson, cppnToJson, parseCppn, serialiseCppn } from "./serialisation.ts";

function renderOptions({ coordinates, pixels, colour }: CppnParameters): RenderOptions {
  return { coordinates, eightBit: pixels === "8-bit", colour };
}

function createCppn(image: ImageShape, given: Parameters): Encoding<CppnGenome> {
  const values = resolveParameters(cppnParameters, given);
  const renderer = KernelRenderer.open(image, renderOptions(values)) ?? new CppnRenderer(image, renderOptions(values));
  return {
    id: "cppn",
    image,
    initialise: (random) => randomGenome(image.channels, random),
    cross: (first, second) => [first, second],
    mutate: cppnMutation(values),
    decode(genome, target = { ...image, pixels: new Float32Array(pixelCount(image)) }) {
      renderer.render(genome, target.pixels);
      return target;
    },
    serialise: serialiseCppn,
    parse: (bytes) => parseCppn(bytes, image.channels),
    toJson: cppnToJson,
    fromJson: (json) => cppnFromJson(json, image.channels),
  };
}

/** The grey image of each node, by node number, at any size, for the genome view. */
export function renderNodes(
  genome: CppnGenome,
  size: { readonly width: number; readonly height: number },
  given: Parameters,
): readonly FloatImage[] {
  const options = renderOptions(resolveParameters(cppnParameters, given));
  return new CppnRenderer({ ...size, channels: 1 }, options).renderNodes(genome);
}

export const cppnEncoding: EncodingDefinition<CppnGenome> = {
  id: "cppn",
  label: "CPPN",
  description: "A small network renders the image from coordinates. Its images are regular: waves, rings and repeated shapes.",
  parameters: cppnParameters,
  drawingParameters: ["coordinates", "pixels", "colour"],
  presets: cppnPresets,
  create: createCppn,
};
