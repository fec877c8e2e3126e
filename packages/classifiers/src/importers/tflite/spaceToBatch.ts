/**
 * SPACE_TO_BATCH_ND and BATCH_TO_SPACE_ND. TensorFlow writes a dilated convolution as a convolution between these two. They are not
 * executed: the convolution gets its dilation back, with the padding before and the crop after it.
 */
import { type Cut, unsupported } from "../channelsLast/channelsLastNetwork.ts";
import type { ImportOperator, OperatorContext } from "./importOperator.ts";

function pairOf(context: OperatorContext): readonly [number, number] {
  const [height = 0, width = 0, ...others] = context.integers(1);
  if (others.length > 0 || ![height, width].every((size) => size >= 1 && size <= 65_536))
    throw unsupported(`${context.name} has blocks of ${context.integers(1).join(" x ")}`);
  return [height, width];
}

export const spaceToBatch: ImportOperator = (context) => {
  const input = context.value(0);
  const block = pairOf(context);
  const [top = 0, bottom = 0, left = 0, right = 0] = context.integers(2);
  const pads = [top, bottom, left, right];
  if (pads.some((size) => size < 0)) throw unsupported(`${context.name} has the padding ${pads.join(", ")}`);
  const spaceToBatchOf = pads.every((size) => size === 0)
    ? input
    : context.network.pad(context.name, input, [0, top, left, 0], [0, bottom, right, 0]);
  const [, height = 0, width = 0] = spaceToBatchOf.dims;
  if (height % block[0] !== 0 || width % block[1] !== 0)
    throw unsupported(`${context.name} cannot split ${spaceToBatchOf.dims.join(" x ")} into blocks of ${block.join(" x ")}`);
  return { spaceToBatchOf, block };
};

export const batchToSpace: ImportOperator = (context) => {
  const input = context.input(0);
  const block = pairOf(context);
  if (!("spaceToBatchOf" in input) || input.block.join() !== block.join())
    throw unsupported(`${context.name} has no SPACE_TO_BATCH_ND with the same blocks before it`);
  const [top = 0, bottom = 0, left = 0, right = 0] = context.integers(2);
  const [, height = 0, width = 0] = input.spaceToBatchOf.dims;
  const cuts: readonly Cut[] = [
    { axis: 1, start: top, count: height - top - bottom, step: 1 },
    { axis: 2, start: left, count: width - left - right, step: 1 },
  ];
  return [top, bottom, left, right].every((size) => size === 0)
    ? input.spaceToBatchOf
    : context.network.slice(context.name, input.spaceToBatchOf, cuts);
};
