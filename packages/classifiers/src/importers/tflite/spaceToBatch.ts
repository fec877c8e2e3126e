/**
 * SPACE_TO_BATCH_ND and BATCH_TO_SPACE_ND, between which a convolution sees every n-th place: how TensorFlow writes one that is dilated.
 * Nothing is dealt out here. The convolution gets its dilation back, on an image with the same border, of which the same is cut off.
 */
import { type Cut, unsupported } from "../channelsLast/channelsLastNetwork.ts";
import type { ImportOperator, OperatorPlace } from "./importOperator.ts";

function pairOf(place: OperatorPlace): readonly [number, number] {
  const [height = 0, width = 0, ...others] = place.integers(1);
  if (others.length > 0 || ![height, width].every((size) => size >= 1 && size <= 65_536))
    throw unsupported(`${place.name} has blocks of ${place.integers(1).join(" x ")}`);
  return [height, width];
}

export const spaceToBatch: ImportOperator = (place) => {
  const input = place.value(0);
  const block = pairOf(place);
  const [top = 0, bottom = 0, left = 0, right = 0] = place.integers(2);
  const pads = [top, bottom, left, right];
  if (pads.some((size) => size < 0)) throw unsupported(`${place.name} has a border of ${pads.join(", ")}`);
  const dealtFrom = pads.every((size) => size === 0)
    ? input
    : place.network.pad(place.name, input, [0, top, left, 0], [0, bottom, right, 0]);
  const [, height = 0, width = 0] = dealtFrom.dims;
  if (height % block[0] !== 0 || width % block[1] !== 0)
    throw unsupported(`${place.name} deals ${dealtFrom.dims.join(" x ")} out in blocks of ${block.join(" x ")}`);
  return { dealtFrom, block };
};

export const batchToSpace: ImportOperator = (place) => {
  const made = place.made(0);
  const block = pairOf(place);
  if (!("dealtFrom" in made) || made.block.join() !== block.join())
    throw unsupported(`${place.name} gathers what no SPACE_TO_BATCH_ND of the same blocks dealt out`);
  const [top = 0, bottom = 0, left = 0, right = 0] = place.integers(2);
  const [, height = 0, width = 0] = made.dealtFrom.dims;
  const cuts: readonly Cut[] = [
    { axis: 1, start: top, count: height - top - bottom, step: 1 },
    { axis: 2, start: left, count: width - left - right, step: 1 },
  ];
  return [top, bottom, left, right].every((size) => size === 0) ? made.dealtFrom : place.network.slice(place.name, made.dealtFrom, cuts);
};
