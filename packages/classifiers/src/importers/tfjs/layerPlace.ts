/** What a layer's import sees of its place in the model. */
import { type Activation, type ChannelsLastNetwork, unsupported, type Value } from "../channelsLast/channelsLastNetwork.ts";
import type { Constant } from "../channelsLast/constants.ts";
import type { ConfigObject } from "./configObject.ts";

export type ImportLayer = (layer: LayerPlace) => Value;

const activations: Readonly<Record<string, Activation>> = {
  linear: "none",
  relu: "relu",
  relu6: "relu6",
  softmax: "softmax",
  sigmoid: "sigmoid",
  tanh: "tanh",
  elu: "elu",
};

export class LayerPlace {
  readonly network: ChannelsLastNetwork;
  readonly name: string;
  readonly config: ConfigObject;
  readonly inputs: readonly Value[];
  readonly #weights: ReadonlyMap<string, Constant>;

  constructor(options: {
    network: ChannelsLastNetwork;
    name: string;
    config: ConfigObject;
    inputs: readonly Value[];
    weights: ReadonlyMap<string, Constant>;
  }) {
    this.network = options.network;
    this.name = options.name;
    this.config = options.config;
    this.inputs = options.inputs;
    this.#weights = options.weights;
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

  /** Weights are named LAYER/PART, in nested models with further names before. */
  findWeight(part: string): Constant | null {
    const name = `${this.name}/${part}`;
    const exact = this.#weights.get(name);
    if (exact !== undefined) return exact;
    const [nested, ...others] = [...this.#weights].filter(([key]) => key.endsWith(`/${name}`));
    if (others.length > 0) throw unsupported(`several layers are called "${this.name}"; give each a name of its own`);
    return nested?.[1] ?? null;
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
    const kind = activations[name];
    if (kind === undefined) throw unsupported(`layer "${this.name}" has the activation "${name}"`);
    return kind === "none" ? linear(this.name) : this.network.activation(kind, this.name, linear(`${this.name}.linear`));
  }
}
