/** Element by element: sums, products, bounds, activations that are operators of their own, and changes of number format. */
import { float, int } from "@pareidolia/onnx/graphBuilder";
import { type Activation, activate } from "../channelsLast/activations.ts";
import { type BinaryOperator, unsupported } from "../channelsLast/channelsLastNetwork.ts";
import { withFusedActivation } from "./activations.ts";
import type { ImportOperator } from "./importOperator.ts";

export function binary(operator: Exclude<BinaryOperator, "Max" | "Min">): ImportOperator {
  return (place) =>
    withFusedActivation(place, 0, (name) => place.network.binary(operator, name, place.valueOrConstant(0), place.valueOrConstant(1)));
}

export function activation(kind: Activation): ImportOperator {
  return (place) => activate(place.network, kind, place.name, place.value(0));
}

/** The larger or smaller of two: a bound, where one is a single number. Converters write ReLUs with a maximum so. */
export function extreme(operator: "Max" | "Min"): ImportOperator {
  return (place) => {
    const [left, right] = [place.valueOrConstant(0), place.valueOrConstant(1)];
    const [value, bound] = "data" in left ? [right, left] : [left, right];
    if ("data" in value || !("data" in bound) || bound.data.length !== 1 || bound.dims.length > value.dims.length)
      return place.network.binary(operator, place.name, left, right);
    const [limit = 0] = bound.data;
    return operator === "Max" ? place.network.clip(place.name, value, limit, null) : place.network.clip(place.name, value, null, limit);
  };
}

export const softmax: ImportOperator = (place) => {
  const beta = place.options?.has(0) ? place.options.float32(0) : 1;
  if (beta === 1) return place.network.softmax("Softmax", place.name, place.value(0));
  const scaled = place.network.binary("Mul", `${place.name}.scaled`, place.value(0), { dims: [], data: Float32Array.of(beta) });
  return place.network.softmax("Softmax", place.name, scaled);
};

export const leakyRelu: ImportOperator = (place) => place.network.leakyRelu(place.name, place.value(0), place.options?.float32(0) ?? 0);

export const prelu: ImportOperator = (place) => place.network.prelu(place.name, place.value(0), place.constant(1));

const mostNeighbours = 65_536;

/** y = x / (bias + alpha x the sum of squares over `radius` channels on either side) ^ beta; ONNX divides its alpha by their number. */
export const localResponseNormalization: ImportOperator = (place) => {
  const radius = place.options?.int32(0) ?? 0;
  const [bias, alpha, beta] = [1, 2, 3].map((slot) => place.options?.float32(slot) ?? 0) as [number, number, number];
  if (radius < 0 || radius > mostNeighbours) throw unsupported(`${place.name} looks at ${radius} channels on either side`);
  const size = 2 * radius + 1;
  const attributes = { size: int(size), alpha: float(alpha * size), beta: float(beta), bias: float(bias) };
  return place.network.elementwise("LRN", place.name, place.value(0), attributes);
};

/** QUANTIZE and DEQUANTIZE change how numbers are stored, not what they stand for. */
export const sameNumbers: ImportOperator = (place) => place.value(0);
