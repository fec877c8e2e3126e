/** Element by element: sums, products, activations that are operators of their own, and changes of number format. */
import { type Activation, activate } from "../channelsLast/activations.ts";
import { unsupported } from "../channelsLast/channelsLastNetwork.ts";
import { withFusedActivation } from "./activations.ts";
import type { ImportOperator } from "./importOperator.ts";

export function binary(operator: "Add" | "Sub" | "Mul" | "Div"): ImportOperator {
  return (place) =>
    withFusedActivation(place, 0, (name) => place.network.binary(operator, name, place.valueOrConstant(0), place.valueOrConstant(1)));
}

export function activation(kind: Activation): ImportOperator {
  return (place) => activate(place.network, kind, place.name, place.value(0));
}

export const softmax: ImportOperator = (place) => {
  const beta = place.options?.has(0) ? place.options.float32(0) : 1;
  if (beta === 1) return place.network.softmax("Softmax", place.name, place.value(0));
  const scaled = place.network.binary("Mul", `${place.name}.scaled`, place.value(0), { dims: [], data: Float32Array.of(beta) });
  return place.network.softmax("Softmax", place.name, scaled);
};

export const leakyRelu: ImportOperator = (place) => place.network.leakyRelu(place.name, place.value(0), place.options?.float32(0) ?? 0);

/** QUANTIZE and DEQUANTIZE change how numbers are stored, not what they stand for. */
export const sameNumbers: ImportOperator = (place) => place.value(0);

/** Weights are units x inputs; an input of any shape is flattened first, channels last. */
export const fullyConnected: ImportOperator = (place) => {
  if ((place.options?.int8(1) ?? 0) !== 0) throw unsupported(`${place.name} has shuffled weights`);
  const weights = place.constant(1);
  const flat = place.network.reshape(`${place.name}.flat`, place.value(0), [1, weights.dims[1] ?? 0]);
  const bias = place.has(2) ? place.constant(2).data : null;
  const result = withFusedActivation(place, 0, (name) => place.network.dense(name, flat, weights, bias));
  return place.network.reshape(`${place.name}.kept`, result, place.output.dims);
};
