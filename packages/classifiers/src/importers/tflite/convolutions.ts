/** Convolutions and pooling. Options' slot numbers follow schema.fbs. */
import { unsupported, type Value } from "../channelsLast/channelsLastNetwork.ts";
import { permuted } from "../channelsLast/constants.ts";
import type { Window } from "../channelsLast/windows.ts";
import { withFusedActivation } from "./activations.ts";
import type { ImportOperator, Made, OperatorPlace } from "./importOperator.ts";

function paddingOf(place: OperatorPlace): Window["padding"] {
  return (place.options?.int8(0) ?? 0) === 0 ? "same" : "valid";
}

/** Sizes and steps of a window: absent ones are 1, and none is so large that sums of them lose digits. */
function pair(place: OperatorPlace, slots: readonly [number, number]): readonly [number, number] {
  return slots.map((slot) => {
    const size = place.options?.has(slot) ? place.options.int32(slot) : 1;
    if (size < 1 || size > 65_536) throw unsupported(`${place.name} has a window of ${size}`);
    return size;
  }) as [number, number];
}

interface Convolved {
  readonly input: Value;
  readonly padding: Window["padding"];
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  /** What becomes of the result: it is dealt out over the batch as the input was. */
  readonly made: (result: Value) => Made;
}

/** What a convolution reads. Of an image that is dealt out, it reads every n-th place of the whole: that is a dilation. */
function convolved(place: OperatorPlace, dilationSlots: readonly [number, number]): Convolved {
  const [padding, strides, dilations] = [paddingOf(place), pair(place, [2, 1]), pair(place, dilationSlots)];
  const input = place.made(0);
  if (!("dealtFrom" in input)) return { input: place.value(0), padding, strides, dilations, made: (result) => result };
  const { dealtFrom, block } = input;
  if (padding !== "valid" || strides.some((stride) => stride !== 1))
    throw unsupported(`${place.name} reads what SPACE_TO_BATCH_ND dealt out, and has strides or a border of its own`);
  const spread = [dilations[0] * block[0], dilations[1] * block[1]] as const;
  return { input: dealtFrom, padding, strides, dilations: spread, made: (result) => ({ dealtFrom: result, block }) };
}

/** Filters are outputs x height x width x inputs. */
export const conv2d: ImportOperator = (place) => {
  const { input, made, ...steps } = convolved(place, [5, 4]);
  const weights = permuted(place.constant(1), [0, 3, 1, 2]);
  const [, perGroup = 1, height = 1, width = 1] = weights.dims;
  const groups = (input.dims[3] ?? 0) / perGroup;
  const window: Window = { kernel: [height, width], ...steps };
  const bias = place.has(2) ? place.constant(2).data : null;
  return made(withFusedActivation(place, 3, (name) => place.network.conv(name, input, { weights, bias, window, groups })));
};

/** Filters are 1 x height x width x outputs: each channel has its own, `depth multiplier` of them. */
export const depthwiseConv2d: ImportOperator = (place) => {
  const { input, made, ...steps } = convolved(place, [6, 5]);
  const weights = permuted(place.constant(1), [3, 0, 1, 2]);
  const [, , height = 1, width = 1] = weights.dims;
  const window: Window = { kernel: [height, width], ...steps };
  const bias = place.has(2) ? place.constant(2).data : null;
  const groups = input.dims[3] ?? 0;
  return made(withFusedActivation(place, 4, (name) => place.network.conv(name, input, { weights, bias, window, groups })));
};

/** Filters are outputs x height x width x inputs. The result's size is stored or follows from shapes, and stands in the file anyway. */
export const transposeConv: ImportOperator = (place) => {
  const weights = permuted(place.constant(1), [3, 0, 1, 2]);
  const [, , kernelHeight = 1, kernelWidth = 1] = weights.dims;
  const window: Window = {
    kernel: [kernelHeight, kernelWidth],
    strides: pair(place, [2, 1]),
    dilations: [1, 1],
    padding: paddingOf(place),
  };
  const [, height = 0, width = 0] = place.isStored(0) ? place.integers(0) : place.output.dims;
  const bias = place.has(3) ? place.constant(3).data : null;
  const input = place.value(2);
  return withFusedActivation(place, 3, (name) =>
    place.network.convTranspose(name, input, { weights, bias, window, size: [height, width] }),
  );
};

function pool2d(operator: "MaxPool" | "AveragePool"): ImportOperator {
  return (place) => {
    const window: Window = { kernel: pair(place, [4, 3]), strides: pair(place, [2, 1]), dilations: [1, 1], padding: paddingOf(place) };
    // Pooling keeps its input's range, so nothing is implied by the output's.
    if ((place.options?.int8(5) ?? 0) === 0) return place.network.pool(operator, place.name, place.value(0), window);
    return withFusedActivation(place, 5, (name) => place.network.pool(operator, name, place.value(0), window));
  };
}

export const maxPool2d = pool2d("MaxPool");
export const averagePool2d = pool2d("AveragePool");
