/** TensorFlow's activations and the nodes that implement them. */
import { float } from "@pareidolia/onnx/graphBuilder";
import type { ChannelsLastNetwork, Value } from "./channelsLastNetwork.ts";

/** A hard sigmoid is max(0, min(1, slope x + 1/2)): the slope is 1/5 in tfjs and Keras 2, and 1/6 in Keras 3. */
export type Activation =
  | "none"
  | "relu"
  | "relu6"
  | "relu-1-1"
  | "tanh"
  | "sigmoid"
  | "hard-sigmoid-1/5"
  | "hard-sigmoid-1/6"
  | "swish"
  | "hard-swish"
  | "elu"
  | "softmax"
  | "log-softmax";

type Write = (network: ChannelsLastNetwork, name: string, input: Value) => Value;

const unary =
  (operator: string): Write =>
  (network, name, input) =>
    network.elementwise(operator, name, input);
const between =
  (minimum: number, maximum: number): Write =>
  (network, name, input) =>
    network.clip(name, input, minimum, maximum);
const hardSigmoid =
  (slope: number): Write =>
  (network, name, input) =>
    network.elementwise("HardSigmoid", name, input, { alpha: float(slope), beta: float(0.5) });

const writers: Readonly<Record<Activation, Write>> = {
  none: (_, __, input) => input,
  relu: unary("Relu"),
  relu6: between(0, 6),
  "relu-1-1": between(-1, 1),
  tanh: unary("Tanh"),
  sigmoid: unary("Sigmoid"),
  "hard-sigmoid-1/5": hardSigmoid(1 / 5),
  "hard-sigmoid-1/6": hardSigmoid(1 / 6),
  swish: (network, name, input) => network.binary("Mul", name, input, network.elementwise("Sigmoid", `${name}.gate`, input)),
  "hard-swish": unary("HardSwish"),
  elu: unary("Elu"),
  softmax: (network, name, input) => network.softmax("Softmax", name, input),
  "log-softmax": (network, name, input) => network.softmax("LogSoftmax", name, input),
};

export function activate(network: ChannelsLastNetwork, kind: Activation, name: string, input: Value): Value {
  return writers[kind](network, name, input);
}
