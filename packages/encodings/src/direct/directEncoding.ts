/**
 * The direct encoding (Nguyen, Yosinski and Clune 2015, section 2.2): one gene in [0, 1] per value of the image, initially uniform.
 * The paper mentions only mutation; its released code also uses SBX crossover. Both are presets.
 */
import type { Encoding, EncodingDefinition } from "@pareidolia/core/encoding";
import { type ImageShape, pixelCount } from "@pareidolia/core/image";
import { type ParameterSpec, resolveParameters } from "@pareidolia/core/parameterSpec";
import { colourParameter, pixelsParameter } from "../sharedParameters.ts";
import { simulatedBinaryCrossover } from "./crossover.ts";
import { decodeGenes } from "./decode.ts";
import { geneMutation } from "./mutation.ts";
import { genesFromJson, parseGenes, serialiseGenes } from "./serialisation.ts";

const parameters = [
  {
    name: "mutationRate",
    label: "Mutation rate",
    description: "Probability that a gene mutates.",
    kind: "number",
    default: 0.1,
    minimum: 0,
    maximum: 1,
  },
  {
    name: "mutationEta",
    label: "Mutation eta",
    description: "Index of the polynomial mutation; larger means smaller steps. 15 is the fastest to compute.",
    kind: "number",
    default: 15,
    minimum: 0,
    maximum: 1000,
  },
  {
    name: "crossoverRate",
    label: "Crossover rate",
    description: "Probability that a pair is crossed. Otherwise its children are copies.",
    kind: "number",
    default: 0,
    minimum: 0,
    maximum: 1,
  },
  {
    name: "crossoverEta",
    label: "Crossover eta",
    description: "Index of the simulated binary crossover; larger values keep children closer to their parents.",
    kind: "number",
    default: 10,
    minimum: 0,
    maximum: 1000,
  },
  pixelsParameter("float"),
  colourParameter("hsv"),
] as const satisfies readonly ParameterSpec[];

function createDirect(image: ImageShape, given: Readonly<Record<string, unknown>>): Encoding<Float32Array> {
  const { mutationRate, mutationEta, crossoverRate, crossoverEta, pixels, colour } = resolveParameters(parameters, given);
  const genes = pixelCount(image);
  const crossover = simulatedBinaryCrossover(crossoverEta);
  const options = { eightBit: pixels === "8-bit", colour };
  return {
    id: "direct",
    image,
    initialise(random) {
      const genome = new Float32Array(genes);
      for (let i = 0; i < genes; i++) genome[i] = random.uniform();
      return genome;
    },
    // Without crossover, the parents' genome objects are returned, so each child has one parent. The released code also swaps
    // them at random, which changes nothing because both parents are drawn from the same distribution.
    cross: (first, second, random) => (random.chance(crossoverRate) ? crossover(first, second, random) : [first, second]),
    mutate: geneMutation(mutationRate, mutationEta),
    decode(genome, target = { ...image, pixels: new Float32Array(genes) }) {
      decodeGenes(genome, image, options, target.pixels);
      return target;
    },
    serialise: serialiseGenes,
    parse: (bytes) => parseGenes(bytes, genes),
    toJson: (genome) => ({ genes: [...genome] }),
    fromJson: (json) => genesFromJson(json, genes),
  };
}

export const directEncoding: EncodingDefinition<Float32Array> = {
  id: "direct",
  label: "Direct",
  description: "One gene per pixel value. Nothing favours regular patterns, and the images look like static.",
  parameters,
  drawingParameters: ["pixels", "colour"],
  presets: [
    {
      id: "paper",
      label: "Paper",
      description: "Mutation only, on float pixels; colour as HSV.",
      source: "Nguyen, Yosinski and Clune 2015, section 2.2",
      values: { mutationRate: 0.1, mutationEta: 15, crossoverRate: 0, crossoverEta: 10, pixels: "float", colour: "hsv" },
    },
    {
      id: "released-code",
      label: "Released code",
      description: "SBX crossover of every second pair, pixels truncated to 8 bits; colour as OpenCV's 8-bit HLS.",
      source: "Evolving-AI-Lab/fooling, sferes/exp/images: gen/evo_float_image.hpp, phen/phen_image_direct.hpp",
      values: { mutationRate: 0.1, mutationEta: 15, crossoverRate: 0.5, crossoverEta: 10, pixels: "8-bit", colour: "hls" },
    },
  ],
  create: createDirect,
};
