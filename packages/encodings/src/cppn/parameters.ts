/** The CPPN's parameters and presets. */
import type { ParameterSpec, ParameterValues, Preset } from "@pareidolia/core/parameterSpec";
import { colourParameter, pixelsParameter } from "../sharedParameters.ts";
import { coordinateKinds } from "./inputs.ts";

function probability<const Name extends string>(name: Name, label: string, description: string, initial: number) {
  return { name, label, description, kind: "number", default: initial, minimum: 0, maximum: 1 } as const satisfies ParameterSpec;
}

export const cppnParameters = [
  probability("weightRate", "Weight rate", "Probability that a connection's weight mutates.", 0.1),
  {
    name: "weightEta",
    label: "Weight eta",
    description: "Index of the weights' polynomial mutation; larger means smaller steps.",
    kind: "number",
    default: 15,
    minimum: 0,
    maximum: 1000,
  },
  probability("activationRate", "Activation rate", "Probability that a node draws a new activation.", 0.1),
  probability("addConnectionRate", "Add a connection", "Probability that a child gets a new connection.", 0.5),
  probability("deleteConnectionRate", "Delete a connection", "Probability that a child loses a connection.", 0.3),
  probability("addNodeRate", "Add a node", "Probability that one of the child's connections is split by a new node.", 0.5),
  probability("deleteNodeRate", "Delete a node", "Probability that a child loses a hidden node.", 0.2),
  {
    name: "coordinates",
    label: "Coordinates",
    description: "Values of x and y: raw pixel indices from 0, or normalised to -1 to 1.",
    kind: "choice",
    default: "normalised",
    choices: coordinateKinds,
  },
  pixelsParameter("float"),
  colourParameter("hsv"),
] as const satisfies readonly ParameterSpec[];

export type CppnParameters = ParameterValues<typeof cppnParameters>;

const rates = {
  weightRate: 0.1,
  weightEta: 15,
  activationRate: 0.1,
  addConnectionRate: 0.5,
  deleteConnectionRate: 0.3,
  addNodeRate: 0.5,
  deleteNodeRate: 0.2,
};

export const cppnPresets: readonly Preset<CppnParameters>[] = [
  {
    id: "paper",
    label: "Paper",
    description: "Float pixels and HSV; coordinates from -1 to 1.",
    source:
      "Nguyen, Yosinski and Clune 2015, section 2.2. It specifies neither the scale of the coordinates nor structural rates: -1 to 1 is the convention for CPPNs, the rates are the released code's",
    values: { ...rates, coordinates: "normalised", pixels: "float", colour: "hsv" },
  },
  {
    id: "released-code",
    label: "Released code",
    description: "Raw pixel indices as coordinates, pixels truncated to 8 bits; colour as OpenCV's 8-bit HLS.",
    source: "Evolving-AI-Lab/fooling, sferes/modules/nn2/gen_dnn_ff.hpp and gen_hyper_nn.hpp, sferes/exp/images/phen/phen_*_image.hpp",
    values: { ...rates, coordinates: "raw", pixels: "8-bit", colour: "hls" },
  },
  {
    id: "normalised",
    label: "Normalised coordinates",
    description: "The released code with coordinates from -1 to 1, which give coarser patterns that evolve faster.",
    source: "The released code with one change",
    values: { ...rates, coordinates: "normalised", pixels: "8-bit", colour: "hls" },
  },
];
