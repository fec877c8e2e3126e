/**
 * The indirect encoding (Nguyen, Yosinski and Clune 2015, section 2.2): a compositional pattern-producing network maps the
 * coordinates of a pixel to its value. One gene affects many pixels, so patterns are regular.
 */
import type { Encoding, EncodingDefinition } from "@pareidolia/core/encoding";
import { type FloatImage, type ImageShape, pixelCount } from "@pareidolia/core/image";
import { type Parameters, resolveParameters } from "@pareidolia/core/parameterSpec";
import { colourSpaces } from "../colour.ts";
import { choiceOf, numberOf } from "../parameterValues.ts";
import { pixelKinds } from "../sharedParameters.ts";
import type { CppnGenome } from "./genome.ts";
import { coordinateKinds } from "./inputs.ts";
import { KernelRenderer } from "./kernelRenderer.ts";
import { cppnMutation, randomGenome } from "./mutation.ts";
import { cppnParameters, cppnPresets } from "./parameters.ts";
import { CppnRenderer, type RenderOptions } from "./render.ts";
import { cppnFromJson, cppnToJson, parseCppn, serialiseCppn } from "./serialisation.ts";

function renderOptions(values: Parameters): RenderOptions {
  return {
    coordinates: choiceOf(values, "coordinates", coordinateKinds),
    eightBit: choiceOf(values, "pixels", pixelKinds) === "8-bit",
    colour: choiceOf(values, "colour", colourSpaces),
  };
}

function createCppn(image: ImageShape, given: Parameters): Encoding<CppnGenome> {
  const values = resolveParameters(cppnParameters, given);
  const renderer = KernelRenderer.open(image, renderOptions(values)) ?? new CppnRenderer(image, renderOptions(values));
  const mutate = cppnMutation({
    weight: numberOf(values, "weightRate"),
    eta: numberOf(values, "weightEta"),
    activation: numberOf(values, "activationRate"),
    addConnection: numberOf(values, "addConnectionRate"),
    deleteConnection: numberOf(values, "deleteConnectionRate"),
    addNode: numberOf(values, "addNodeRate"),
    deleteNode: numberOf(values, "deleteNodeRate"),
  });
  return {
    id: "cppn",
    image,
    initialise: (random) => randomGenome(image.channels, random),
    cross: (first, second) => [first, second],
    mutate,
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

/** Renders a grey image of every node, by node number, at any size. */
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
  presets: cppnPresets,
  create: createCppn,
};
