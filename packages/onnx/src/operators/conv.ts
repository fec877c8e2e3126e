/**
 * Conv with any groups, strides, dilations and padding. The input's gradient is the transposed convolution in the form that onnxruntime
 * runs fastest: a convolution of the (zero-stuffed) gradient with the flipped weights, a sub-pixel convolution for large strides, or
 * ConvTranspose for few input channels. The weights' gradient is a convolution of the input by the gradient with batch and channels
 * swapped.
 */

import {
  channelsOf,
  imageSides,
  limitStrides,
  type Pair,
  readWindow,
  type SpatialWindow,
  windowCounts,
} from "../geometry/spatialWindow.ts";
import { transposeWindow } from "../geometry/transposedWindow.ts";
import { flipWeights } from "../gradients/flipWeights.ts";
import { prefersSubPixels, subPixelConvolution } from "../gradients/subPixelConvolution.ts";
import { fitSides, stuffWithZeros } from "../gradients/zeroStuffing.ts";
import { int, ints } from "../graphBuilder.ts";
import { intOr } from "../nodes/attributeValues.ts";
import { refuse } from "../nodes/refuse.ts";
import type { GradientContext, OperatorRule } from "./operatorRule.ts";

/**
 * onnxruntime stores convolutions in blocks of 16 channels. A flipped convolution that writes fewer channels, or reads a number that is
 * no multiple, misses its fast kernels, and ConvTranspose is faster (measured on LeNet: 20 and 1 channels out, 50 in).
 */
const block = 16;
const swapBatchAndChannels = { perm: ints([1, 0, 2, 3]) };

export const convRule: OperatorRule = {
  operator: "Conv",
  infer({ node, shape }) {
    const [batch = ""] = shape(0);
    const [filters = ""] = shape(1);
    const [rows, columns] = windowCounts(node, shape(0), readWindow(node, shape(1).slice(2)));
    if (shape(0)[1] !== totalChannels(shape(1)[1], intOr(node, "group", 1))) refuse(node, "has weights for another number of channels");
    return [{ shape: [batch, filters, rows, columns] }];
  },
  terms: ({ shape }) => shape(1).slice(1),
  differentiate(context) {
    const { needsGradient, node } = context;
    return [
      needsGradient(0) ? inputGradient(context) : null,
      needsGradient(1) ? weightGradient(context) : null,
      node.inputs.length > 2 ? (needsGradient(2) ? biasGradient(context) : null) : null,
    ].slice(0, node.inputs.length);
  },
};

function totalChannels(channels: number | string | undefined, groups: number): number | null {
  return typeof channels === "number" ? channels * groups : null;
}

function inputGradient(context: GradientContext): string {
  const { node, builder, outputGradient, name, shape, outputShape, constant } = context;
  const window = readWindow(node, shape(1).slice(2));
  const groups = intOr(node, "group", 1);
  const channels = channelsOf(node, shape(0));
  const filters = channelsOf(node, outputShape(0));
  const weights = constant(1);
  const sides = imageSides(node, shape(0));
  const counts = imageSides(node, outputShape(0));
  const unpadded = window.begin.every((value, axis) => value <= (window.extent[axis] ?? 0) - 1);
  const depthwise = groups > 1 && channels === groups;
  const pointwise = window.kernel[0] === 1 && window.kernel[1] === 1;
  const plain = window.strides[0] === 1 && window.strides[1] === 1;
  const blocked = channels / groups >= block && (pointwise || filters % block === 0);
  const isFaster = depthwise || ((plain || pointwise) && blocked);
  if (weights?.type === "float32" && groups === 1 && prefersSubPixels(window, { filters, channels, block }))
    return subPixelConvolution(builder, outputGradient, { weights, window, sides, counts, name });
  if (weights?.type !== "float32" || !unpadded || !isFaster) return byConvTranspose(context, window, counts);

  const flipped = builder.floats(name("flipped"), [channels, filters / groups, ...window.kernel], flipWeights(weights, groups));
  const shared = { group: int(groups), dilations: ints(window.dilations), kernel_shape: ints(window.kernel) };
  const limited = limitStrides(window, { sides, counts });
  if (pointwise && !plain && groups === 1) {
    const mixed = builder.node("Conv", name("mixed"), [outputGradient, flipped], shared);
    return placeInInput(context, { value: mixed, channels, counts, window: limited });
  }
  const stuffed = stuffWithZeros(builder, outputGradient, { channels: filters, counts, strides: limited.strides, name });
  const from: Pair = [counts[0] * limited.strides[0], counts[1] * limited.strides[1]];
  const reach = transposeWindow(limited, sides, from);
  const fitted = fitSides(builder, stuffed, { from, to: reach.sides, name });
  return builder.node("Conv", name("input"), [fitted, flipped], { ...shared, pads: ints([...reach.begin, ...reach.end]) });
}

/** A 1x1 window reads every stride-th pixel, starting at -begin: zeros fill the gaps, and positions in the padding are cut. */
function placeInInput(context: GradientContext, from: { value: string; channels: number; counts: Pair; window: SpatialWindow }): string {
  const { builder, name, node, shape } = context;
  const { value, channels, counts, window } = from;
  const stuffed = stuffWithZeros(builder, value, { channels, counts, strides: window.strides, name });
  const [rows, columns] = imageSides(node, shape(0));
  return fitSides(builder, stuffed, {
    from: [counts[0] * window.strides[0], counts[1] * window.strides[1]],
    to: [rows, columns],
    name,
  });
}

function byConvTranspose(context: GradientContext, window: SpatialWindow, counts: Pair): string {
  const { node, builder, outputGradient, name, shape } = context;
  const sides = imageSides(node, shape(0));
  const unread = (axis: 0 | 1): number =>
    sides[axis] - (window.strides[axis] * (counts[axis] - 1) + window.extent[axis] - window.begin[axis] - window.end[axis]);
  return builder.node("ConvTranspose", name("input"), [outputGradient, node.inputs[1] ?? ""], {
    kernel_shape: ints(window.kernel),
    strides: ints(window.strides),
    dilations: ints(window.dilations),
    group: int(intOr(node, "group", 1)),
    pads: ints([...window.begin, ...window.end]),
    output_padding: ints([unread(0), unread(1)]),
  });
}

function weightGradient({ node, builder, outputGradient, name, shape }: GradientContext): string {
  const { strides, dilations, begin, end } = readWindow(node, shape(1).slice(2));
  if ([...strides, ...dilations, intOr(node, "group", 1)].some((value) => value !== 1))
    refuse(node, "has strides, dilations or groups: its weights cannot be trained");
  const swappedInput = builder.node("Transpose", name("swappedInput"), [node.inputs[0] ?? ""], swapBatchAndChannels);
  const swappedGradient = builder.node("Transpose", name("swappedGradient"), [outputGradient], swapBatchAndChannels);
  const pads = { pads: ints([...begin, ...end]) };
  const correlation = builder.node("Conv", name("correlation"), [swappedInput, swappedGradient], pads);
  return builder.node("Transpose", name("weights"), [correlation], swapBatchAndChannels);
}

function biasGradient({ builder, outputGradient, name }: GradientContext): string {
  return builder.node("ReduceSum", name("bias"), [outputGradient, builder.integers(name("axes"), [0, 2, 3])], { keepdims: int(0) });
}
