/** Convolutions and pooling. Option slots follow schema.fbs. */
import { unsupported, type Value } from "../channelsLast/channelsLastNetwork.ts";
import { permuted } from "../channelsLast/constants.ts";
import type { Window } from "../channelsLast/windows.ts";
import { withFusedActivation } from "./activations.ts";
import type { ImportOperator, OperatorContext, OperatorResult } from "./importOperator.ts";

function paddingOf(context: OperatorContext): Window["padding"] {
  return (context.options?.int8(0) ?? 0) === 0 ? "same" : "valid";
}

/** Sizes or strides of a window. Default: 1. Limited so that sums of them stay exact. */
function pair(context: OperatorContext, slots: readonly [number, number]): readonly [number, number] {
  return slots.map((slot) => {
    const size = context.options?.has(slot) ? context.options.int32(slot) : 1;
    if (size < 1 || size > 65_536) throw unsupported(`${context.name} has a window of ${size}`);
    return size;
  }) as [number, number];
}

interface ConvolutionInput {
  readonly input: Value;
  readonly padding: Window["padding"];
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  /** Wraps the result in the same space-to-batch form as the input. */
  readonly wrap: (result: Value) => OperatorResult;
}

/**
 * Reads the input of a convolution. After SPACE_TO_BATCH_ND, a convolution reads every n-th pixel of the original image, which is a
 * dilation.
 */
function readInput(context: OperatorContext, dilationSlots: readonly [number, number]): ConvolutionInput {
  const [padding, strides, dilations] = [paddingOf(context), pair(context, [2, 1]), pair(context, dilationSlots)];
  const input = context.input(0);
  if (!("spaceToBatchOf" in input)) return { input: context.value(0), padding, strides, dilations, wrap: (result) => result };
  const { spaceToBatchOf, block } = input;
  if (padding !== "valid" || strides.some((stride) => stride !== 1))
    throw unsupported(`${context.name} follows SPACE_TO_BATCH_ND and has its own strides or padding`);
  const spread = [dilations[0] * block[0], dilations[1] * block[1]] as const;
  return { input: spaceToBatchOf, padding, strides, dilations: spread, wrap: (result) => ({ spaceToBatchOf: result, block }) };
}

/** Filters are outputs x height x width x inputs. */
export const conv2d: ImportOperator = (context) => {
  const { input, wrap, ...steps } = readInput(context, [5, 4]);
  const weights = permuted(context.constant(1), [0, 3, 1, 2]);
  const [, perGroup = 1, height = 1, width = 1] = weights.dims;
  const groups = (input.dims[3] ?? 0) / perGroup;
  const window: Window = { kernel: [height, width], ...steps };
  const bias = context.has(2) ? context.constant(2).data : null;
  return wrap(withFusedActivation(context, 3, (name) => context.network.conv(name, input, { weights, bias, window, groups })));
};

/** Filters are 1 x height x width x outputs, with `depth multiplier` filters per channel. */
export const depthwiseConv2d: ImportOperator = (context) => {
  const { input, wrap, ...steps } = readInput(context, [6, 5]);
  const weights = permuted(context.constant(1), [3, 0, 1, 2]);
  const [, , height = 1, width = 1] = weights.dims;
  const window: Window = { kernel: [height, width], ...steps };
  const bias = context.has(2) ? context.constant(2).data : null;
  const groups = input.dims[3] ?? 0;
  return wrap(withFusedActivation(context, 4, (name) => context.network.conv(name, input, { weights, bias, window, groups })));
};

/** Filters are outputs x height x width x inputs. The output size is stored or computed from shapes; otherwise the file's dims apply. */
export const transposeConv: ImportOperator = (context) => {
  const weights = permuted(context.constant(1), [3, 0, 1, 2]);
  const [, , kernelHeight = 1, kernelWidth = 1] = weights.dims;
  const window: Window = {
    kernel: [kernelHeight, kernelWidth],
    strides: pair(context, [2, 1]),
    dilations: [1, 1],
    padding: paddingOf(context),
  };
  const [, height = 0, width = 0] = context.isStored(0) ? context.integers(0) : context.output.dims;
  const bias = context.has(3) ? context.constant(3).data : null;
  const input = context.value(2);
  return withFusedActivation(context, 3, (name) =>
    context.network.convTranspose(name, input, { weights, bias, window, size: [height, width] }),
  );
};

function pool2d(operator: "MaxPool" | "AveragePool"): ImportOperator {
  return (context) => {
    const window: Window = {
      kernel: pair(context, [4, 3]),
      strides: pair(context, [2, 1]),
      dilations: [1, 1],
      padding: paddingOf(context),
    };
    // Pooling keeps its input's range, so its output range implies no activation.
    if ((context.options?.int8(5) ?? 0) === 0) return context.network.pool(operator, context.name, context.value(0), window);
    return withFusedActivation(context, 5, (name) => context.network.pool(operator, name, context.value(0), window));
  };
}

export const maxPool2d = pool2d("MaxPool");
export const averagePool2d = pool2d("AveragePool");
