/** The context in which a layer is imported: its configuration, inputs and weights. */
import { type Activation, activate } from "../channelsLast/activations.ts";
import { type ChannelsLastNetwork, unsupported, type Value } from "../channelsLast/channelsLastNetwork.ts";
import type { Constant } from "../channelsLast/constants.ts";
import type { ConfigObject } from "./configObject.ts";
import type { LayerWeights } from "./layerWeights.ts";

export type ImportLayer = (layer: LayerContext) => Value;

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
const keras3Activations: Readonly<Record<string, Activation>> = { hard_sigmoid: "hard-sigmoid-1/6" };

export class LayerContext {
  readonly network: ChannelsLastNetwork;
  /** Name in the model; unique within its model, but not across nested models. */
  readonly name: string;
  /** Unique name in the graph; prefix of the values that the layer adds. */
  readonly graphName: string;
  readonly config: ConfigObject;
  readonly inputs: readonly Value[];
  readonly #scopes: readonly string[];
  readonly #weights: LayerWeights;
  readonly #isKeras3: boolean;

  constructor(options: {
    network: ChannelsLastNetwork;
    name: string;
    graphName: string;
    /** Names of the enclosing nested models, outermost first. */
    scopes: readonly string[];
    config: ConfigObject;
    inputs: readonly Value[];
    weights: LayerWeights;
    isKeras3: boolean;
  }) {
    this.network = options.network;
    this.name = options.name;
    this.graphName = options.graphName;
    this.config = options.config;
    this.inputs = options.inputs;
    this.#scopes = options.scopes;
    this.#weights = options.weights;
    this.#isKeras3 = options.isKeras3;
    const format = options.config.text("data_format", "channels_last");
    if (format !== "channels_last") throw unsupported(`layer "${options.name}" has the unsupported data format ${format}`);
  }

  get input(): Value {
    const [input] = this.inputs;
    if (input === undefined || this.inputs.length > 1)
      throw unsupported(`layer "${this.name}" has ${this.inputs.length} inputs instead of one`);
    return input;
  }

  weight(part: string): Constant {
    const weight = this.findWeight(part);
    if (weight === null) throw unsupported(`layer "${this.name}" has no weight "${part}"`);
    return weight;
  }

  findWeight(part: string): Constant | null {
    return this.#weights.find({ scopes: this.#scopes, name: this.name, graphName: this.graphName }, part);
  }

  bias(): Float32Array | null {
    return this.config.flag("use_bias", true) ? this.weight("bias").data : null;
  }

  get padding(): "same" | "valid" {
    const padding = this.config.text("padding", "valid");
    if (padding !== "same" && padding !== "valid") throw unsupported(`layer "${this.name}" has the unsupported padding "${padding}"`);
    return padding;
  }

  /** `linear` adds the layer without its activation under the given name. */
  activated(linear: (name: string) => Value): Value {
    const name = this.config.has("activation") ? this.config.text("activation") : "linear";
    const kind = (this.#isKeras3 ? keras3Activations[name] : undefined) ?? activations[name];
    if (kind === undefined) throw unsupported(`layer "${this.name}" has the unsupported activation "${name}"`);
    return kind === "none" ? linear(this.graphName) : activate(this.network, kind, this.graphName, linear(`${this.graphName}.linear`));
  }
}
