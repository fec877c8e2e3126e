/** Operators that move, join, average or resize. Shapes follow from the inputs, and from numbers that are stored or come of shapes. */
import type { Attribute } from "@pareidolia/onnx/graph";
import { unsupported, type Value } from "../channelsLast/channelsLastNetwork.ts";
import type { ImportOperator, OperatorPlace } from "./importOperator.ts";

export function reduction(operator: "ReduceMean" | "ReduceMax"): ImportOperator {
  return (place) => {
    const input = place.value(0);
    const axes = place.integers(1).map((axis) => (axis < 0 ? axis + input.dims.length : axis));
    const reduced = place.network.reduce(operator, `${place.name}.reduced`, input, axes);
    if ((place.options?.int8(0) ?? 0) !== 0) return reduced;
    const left = reduced.dims.filter((_, axis) => !axes.includes(axis));
    return place.network.reshape(place.name, reduced, left);
  };
}

export const concatenation: ImportOperator = (place) => {
  if ((place.options?.int8(1) ?? 0) !== 0) throw unsupported(`${place.name} joins with a fused activation`);
  const inputs = Array.from({ length: place.inputCount }, (_, index) => place.value(index));
  return place.network.concat(place.name, inputs, place.options?.int32(0) ?? 0);
};

export const pad: ImportOperator = (place) => {
  const pairs = place.integers(1);
  const value = place.has(2) ? (place.constant(2).data[0] ?? 0) : 0;
  const [before, after] = [pairs.filter((_, at) => at % 2 === 0), pairs.filter((_, at) => at % 2 === 1)];
  return place.network.pad(place.name, place.value(0), before, after, value);
};

/** The border shows the image in a mirror whose edge is (SYMMETRIC) or is not (REFLECT) seen twice. */
export const mirrorPad: ImportOperator = (place) => {
  const input = place.value(0);
  const pairs = place.integers(1);
  const [before, after] = [pairs.filter((_, at) => at % 2 === 0), pairs.filter((_, at) => at % 2 === 1)];
  const seenTwice = (place.options?.int8(0) ?? 0) !== 0;
  for (const [axis, size] of input.dims.entries())
    if ([before[axis] ?? 0, after[axis] ?? 0].some((count) => count < 0 || count > size - (seenTwice ? 0 : 1)))
      throw unsupported(`${place.name} shows more than there is of ${input.dims.join(" x ")} in its border`);
  return seenTwice ? mirrored(place, input, { before, after }) : place.network.pad(place.name, input, before, after, "reflect");
};

/** ONNX has no such border: it is joined from slices that go backwards. */
function mirrored(place: OperatorPlace, input: Value, border: { before: readonly number[]; after: readonly number[] }): Value {
  return input.dims.reduce((sofar, size, axis) => {
    const ends = [
      { part: "before", start: (border.before[axis] ?? 0) - 1, count: border.before[axis] ?? 0 },
      { part: "after", start: size - 1, count: border.after[axis] ?? 0 },
    ];
    const [first, last] = ends.map(({ part, start, count }) => {
      if (count === 0) return [];
      return [place.network.slice(`${place.name}.${part}${axis}`, sofar, [{ axis, start, count, step: -1 }])];
    });
    const parts = [...(first ?? []), sofar, ...(last ?? [])];
    return parts.length === 1 ? sofar : place.network.concat(`${place.name}.axis${axis}`, parts, axis);
  }, input);
}

/** Into equal parts: the axis comes first. */
export const split: ImportOperator = (place) => {
  const [axis = 0] = place.integers(0);
  const input = place.value(1);
  const size = (input.dims.at(axis) ?? 0) / place.outputCount;
  return place.network.split(
    place.name,
    input,
    axis,
    Array.from({ length: place.outputCount }, () => size),
  );
};

/** Into parts of the given sizes, of which one may be -1: whatever is left. */
export const splitV: ImportOperator = (place) => {
  const input = place.value(0);
  const [sizes, [axis = 0]] = [place.integers(1), place.integers(2)];
  const left = (input.dims.at(axis) ?? 0) - sizes.filter((size) => size !== -1).reduce((sum, size) => sum + size, 0);
  const parts = sizes.map((size) => (size === -1 ? left : size));
  return place.network.split(place.name, input, axis, parts);
};

export const transpose: ImportOperator = (place) => place.network.transpose(place.name, place.value(0), place.integers(1));

const text = (value: string): Attribute => ({ kind: "string", value });

function resizeTo(place: OperatorPlace, slots: { corners: number; centres: number }, attributes: Record<string, Attribute>) {
  const [height = 0, width = 0] = place.integers(1);
  if (height < 1 || width < 1 || height > 65_536 || width > 65_536) throw unsupported(`${place.name} resizes to ${height} x ${width}`);
  const corners = (place.options?.int8(slots.corners) ?? 0) !== 0;
  const centres = (place.options?.int8(slots.centres) ?? 0) !== 0;
  const places = corners ? "align_corners" : centres ? "half_pixel" : "asymmetric";
  // TensorFlow's nearest takes the floor of an unshifted place, and rounds halves up otherwise.
  const nearest = places === "asymmetric" ? "floor" : "round_prefer_ceil";
  const all = { coordinate_transformation_mode: text(places), nearest_mode: text(nearest), ...attributes };
  return place.network.resize(place.name, place.value(0), [height, width], all);
}

export const resizeBilinear: ImportOperator = (place) => resizeTo(place, { corners: 2, centres: 3 }, { mode: text("linear") });
export const resizeNearest: ImportOperator = (place) => resizeTo(place, { corners: 0, centres: 1 }, { mode: text("nearest") });
