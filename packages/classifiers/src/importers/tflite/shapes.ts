/**
 * Operators that reorder, concatenate, reduce or resize. Shapes follow from the inputs and from integers that are stored or computed
 * from shapes.
 */
import type { Attribute } from "@pareidolia/onnx/graph";
import { unsupported, type Value } from "../channelsLast/channelsLastNetwork.ts";
import type { ImportOperator, OperatorContext } from "./importOperator.ts";

export function reduction(operator: "ReduceMean" | "ReduceMax"): ImportOperator {
  return (context) => {
    const input = context.value(0);
    const axes = context.integers(1).map((axis) => (axis < 0 ? axis + input.dims.length : axis));
    const reduced = context.network.reduce(operator, `${context.name}.reduced`, input, axes);
    if ((context.options?.int8(0) ?? 0) !== 0) return reduced;
    const remaining = reduced.dims.filter((_, axis) => !axes.includes(axis));
    return context.network.reshape(context.name, reduced, remaining);
  };
}

export const concatenation: ImportOperator = (context) => {
  if ((context.options?.int8(1) ?? 0) !== 0) throw unsupported(`${context.name} has a fused activation, which is not supported`);
  const inputs = Array.from({ length: context.inputCount }, (_, index) => context.value(index));
  return context.network.concat(context.name, inputs, context.options?.int32(0) ?? 0);
};

export const pad: ImportOperator = (context) => {
  const pairs = context.integers(1);
  const value = context.has(2) ? (context.constant(2).data[0] ?? 0) : 0;
  const [before, after] = [pairs.filter((_, at) => at % 2 === 0), pairs.filter((_, at) => at % 2 === 1)];
  return context.network.pad(context.name, context.value(0), before, after, value);
};

/** Mirrors the image at its border. SYMMETRIC repeats the edge pixel, REFLECT does not. */
export const mirrorPad: ImportOperator = (context) => {
  const input = context.value(0);
  const pairs = context.integers(1);
  const [before, after] = [pairs.filter((_, at) => at % 2 === 0), pairs.filter((_, at) => at % 2 === 1)];
  const repeatsEdge = (context.options?.int8(0) ?? 0) !== 0;
  for (const [axis, size] of input.dims.entries())
    if ([before[axis] ?? 0, after[axis] ?? 0].some((count) => count < 0 || count > size - (repeatsEdge ? 0 : 1)))
      throw unsupported(`${context.name} mirrors more pixels than ${input.dims.join(" x ")} has`);
  return repeatsEdge ? mirrored(context, input, { before, after }) : context.network.pad(context.name, input, before, after, "reflect");
};

/** ONNX has no such padding: the border is concatenated from reversed slices. */
function mirrored(context: OperatorContext, input: Value, border: { before: readonly number[]; after: readonly number[] }): Value {
  return input.dims.reduce((soFar, size, axis) => {
    const ends = [
      { part: "before", start: (border.before[axis] ?? 0) - 1, count: border.before[axis] ?? 0 },
      { part: "after", start: size - 1, count: border.after[axis] ?? 0 },
    ];
    const [first, last] = ends.map(({ part, start, count }) => {
      if (count === 0) return [];
      return [context.network.slice(`${context.name}.${part}${axis}`, soFar, [{ axis, start, count, step: -1 }])];
    });
    const parts = [...(first ?? []), soFar, ...(last ?? [])];
    return parts.length === 1 ? soFar : context.network.concat(`${context.name}.axis${axis}`, parts, axis);
  }, input);
}

/** Splits into equal parts. The first input is the axis. */
export const split: ImportOperator = (context) => {
  const [axis = 0] = context.integers(0);
  const input = context.value(1);
  const size = (input.dims.at(axis) ?? 0) / context.outputCount;
  return context.network.split(
    context.name,
    input,
    axis,
    Array.from({ length: context.outputCount }, () => size),
  );
};

/** Splits into parts of the given sizes. One may be -1 and is inferred. */
export const splitV: ImportOperator = (context) => {
  const input = context.value(0);
  const [sizes, [axis = 0]] = [context.integers(1), context.integers(2)];
  const rest = (input.dims.at(axis) ?? 0) - sizes.filter((size) => size !== -1).reduce((sum, size) => sum + size, 0);
  const parts = sizes.map((size) => (size === -1 ? rest : size));
  return context.network.split(context.name, input, axis, parts);
};

export const transpose: ImportOperator = (context) => context.network.transpose(context.name, context.value(0), context.integers(1));

const text = (value: string): Attribute => ({ kind: "string", value });

function resizeTo(context: OperatorContext, slots: { corners: number; centres: number }, attributes: Record<string, Attribute>) {
  const [height = 0, width = 0] = context.integers(1);
  if (height < 1 || width < 1 || height > 65_536 || width > 65_536) throw unsupported(`${context.name} resizes to ${height} x ${width}`);
  const corners = (context.options?.int8(slots.corners) ?? 0) !== 0;
  const centres = (context.options?.int8(slots.centres) ?? 0) !== 0;
  const mode = corners ? "align_corners" : centres ? "half_pixel" : "asymmetric";
  // TensorFlow's nearest floors an asymmetric position, and rounds halves up otherwise.
  const nearest = mode === "asymmetric" ? "floor" : "round_prefer_ceil";
  const all = { coordinate_transformation_mode: text(mode), nearest_mode: text(nearest), ...attributes };
  return context.network.resize(context.name, context.value(0), [height, width], all);
}

export const resizeBilinear: ImportOperator = (context) => resizeTo(context, { corners: 2, centres: 3 }, { mode: text("linear") });
export const resizeNearest: ImportOperator = (context) => resizeTo(context, { corners: 0, centres: 1 }, { mode: text("nearest") });
