/** What a layer's import sees of its place in the model. */
import { type Activation, activate } from "../channelsLast/activations.ts";
import { type ChannelsLastNetwork, unsupported, type Value } from "../channelsLast/channelsLastNetwork.ts";
import type { Constant } from "../channelsLast/constants.ts";
import type { ConfigObject } from "./configObject.ts";
import type { LayerWeights } from "./layerWeights.ts";

export type ImportLayer = (layer: LayerPlace) => Value;

const activations: Readonly<Record<string, Activation>> = {
  linear: "none",
  relu: "relu",
  relu6: "relu6",
  softmax: "softmax",
  sigmoid: "sigmoid",
  tanh: "tanh",
  elu: "elu",
  swish: "swish",
  silu: "swish",
  hard_sigmoid: "hard-sigmoid-1/5",
};
const ofKeras3: Readonly<Record<string, Activation>> = { hard_sigmoid: "hard-sigmoid-1/6" };

export class LayerPlace {
  readonly network: ChannelsLastNetwork;
  /** As the model calls it: one of a kind in its own model, and perhaps not in those around it. */
  readonly name: string;
  /** One of a kind in the graph: the values that the layer makes are named by it. */
  readonly place: string;
  readonly config: ConfigObject;
  readonly inputs: readonly Value[];
  readonly #scopes: readonly string[];
  readonly #weights: LayerWeights;
  readonly #isKeras3: boolean;

  constructor(options: {
    network: ChannelsLastNetwork;
    name: string;
    place: string;
    /** The names of the nested models that it lies in, from the outside. */
    scopes: readonly string[];
    config: ConfigObject;
    inputs: readonly Value[];
    weights: LayerWeights;
    isKeras3: boolean;
  }) {
    this.network = options.network;
    this.name = options.name;
    this.place = options.place;
    this.config = options.config;
    this.inputs = options.inputs;
    this.#scopes = options.scopes;
    this.#weights = options.weights;
    this.#isKeras3 = options.isKeras3;
    const format = options.config.text("data_format", "channels_last");
    if (format !== "channels_last") throw unsupported(`layer "${options.name}" has its ${format.replace("_", " ")}`);
  }

  get input(): Value {
    const [input] = this.inputs;
    if (input === undefined || this.inputs.length > 1) throw unsupported(`layer "${this.name}" has ${this.inputs.length} inputs, not one`);
    return input;
  }

  weight(part: string): Constant {
    const weight = this.findWeight(part);
    if (weight === null) throw unsupported(`layer "${this.name}" lacks its weight "${part}"`);
    return weight;
  }

  findWeight(part: string): Constant | null {
    return this.#weights.find({ scopes: this.#scopes, name: this.name, place: this.place }, part);
  }

  bias(): Float32Array | null {
    return this.config.flag("use_bias", true) ? this.weight("bias").data : null;
  }

  get padding(): "same" | "valid" {
    const padding = this.config.text("padding", "valid");
    if (padding !== "same" && padding !== "valid") throw unsupported(`layer "${this.name}" is padded as "${padding}"`);
    return padding;
  }

  /** `linear` is called with the name that its own result shall have. */
  activated(linear: (name: string) => Value): Value {
    const name = this.config.has("activation") ? this.config.text("activation") : "linear";
    const kind = (this.#isKeras3 ? ofKeras3[name] : undefined) ?? activations[name];
    if (kind === undefined) throw unsupported(`layer "${this.name}" has the activation "${name}"`);
    return kind === "none" ? linear(this.place) : activate(this.network, kind, this.place, linear(`${this.place}.linear`));
  }
}
