/** Elementwise operators: sums, products, bounds, separate activations, and number format conversions. */
import { float, int } from "@pareidolia/onnx/graphBuilder";
import { type Activation, activate } from "../channelsLast/activations.ts";
import { type BinaryOperator, unsupported } from "../channelsLast/channelsLastNetwork.ts";
import { withFusedActivation } from "./activations.ts";
import type { ImportOperator } from "./importOperator.ts";

export function binary(operator: Exclude<BinaryOperator, "Max" | "Min">): ImportOperator {
  return (context) =>
    withFusedActivation(context, 0, (name) =>
      context.network.binary(operator, name, context.valueOrConstant(0), context.valueOrConstant(1)),
    );
}

export function activation(kind: Activation): ImportOperator {
  return (context) => activate(context.network, kind, context.name, context.value(0));
}

/** Maximum or minimum of two values. A single number is a bound: converters write capped ReLUs this way. */
export function extreme(operator: "Max" | "Min"): ImportOperator {
  return (context) => {
    const [left, right] = [context.valueOrConstant(0), context.valueOrConstant(1)];
    const [value, bound] = "data" in left ? [right, left] : [left, right];
    if ("data" in value || !("data" in bound) || bound.data.length !== 1 || bound.dims.length > value.dims.length)
      return context.network.binary(operator, context.name, left, right);
    const [limit = 0] = bound.data;
    return operator === "Max"
      ? context.network.clip(context.name, value, limit, null)
      : context.network.clip(context.name, value, null, limit);
  };
}

export const softmax: ImportOperator = (context) => {
  const beta = context.options?.has(0) ? context.options.float32(0) : 1;
  if (beta === 1) return context.network.softmax("Softmax", context.name, context.value(0));
  const scaled = context.network.binary("Mul", `${context.name}.scaled`, context.value(0), { dims: [], data: Float32Array.of(beta) });
  return context.network.softmax("Softmax", context.name, scaled);
};

export const leakyRelu: ImportOperator = (context) =>
  context.network.leakyRelu(context.name, context.value(0), context.options?.float32(0) ?? 0);

export const prelu: ImportOperator = (context) => context.network.prelu(context.name, context.value(0), context.constant(1));

const maxRadius = 65_536;

/**
 * y = x / (bias + alpha x sum of squares over `radius` channels on either side) ^ beta. ONNX divides its alpha by the number of channels
 * in the window.
 */
export const localResponseNormalization: ImportOperator = (context) => {
  const radius = context.options?.int32(0) ?? 0;
  const [bias, alpha, beta] = [1, 2, 3].map((slot) => context.options?.float32(slot) ?? 0) as [number, number, number];
  if (radius < 0 || radius > maxRadius) throw unsupported(`${context.name} has a radius of ${radius} channels`);
  const size = 2 * radius + 1;
  const attributes = { size: int(size), alpha: float(alpha * size), beta: float(beta), bias: float(bias) };
  return context.network.elementwise("LRN", context.name, context.value(0), attributes);
};

/** QUANTIZE and DEQUANTIZE change the number format, not the values. */
export const identity: ImportOperator = (context) => context.value(0);
