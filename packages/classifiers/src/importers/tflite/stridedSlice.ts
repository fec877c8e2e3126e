/** STRIDED_SLICE and SLICE. Slots and masks follow schema.fbs: bit `i` of a mask applies to the i-th entry of the bounds. */
import { type Cut, unsupported } from "../channelsLast/channelsLastNetwork.ts";
import type { ImportOperator, OperatorContext } from "./importOperator.ts";

interface Cuts {
  /** Cuts of the axes that are not kept whole. */
  readonly cuts: readonly Cut[];
  /** Axes of which one position is kept and the axis removed. */
  readonly dropped: readonly number[];
}

const slots = { begin: 0, end: 1, ellipsis: 2, newAxis: 3, shrink: 4, offset: 5 };

/** @throws AppError INVALID_INPUT for an empty result or a new axis. */
export function cutsOf(context: OperatorContext, dims: readonly number[]): Cuts {
  const [begins, ends, strides] = [context.integers(1), context.integers(2), context.integers(3)];
  const mask = (slot: number): number => context.options?.int32(slot) ?? 0;
  if (mask(slots.newAxis) !== 0 || (context.options?.int8(slots.offset) ?? 0) !== 0)
    throw unsupported(`${context.name} adds an axis or uses offsets as ends`);
  const dropped: number[] = [];
  const cuts: Cut[] = [];
  for (const [axis, entry] of entriesFor(dims.length, begins.length, mask(slots.ellipsis)).entries()) {
    const size = dims[axis] ?? 0;
    if (entry === null) continue;
    const isSet = (slot: number): boolean => ((mask(slot) >> entry) & 1) === 1;
    const step = strides[entry] ?? 1;
    const shrinks = isSet(slots.shrink);
    const from = isSet(slots.begin) && !shrinks ? null : (begins[entry] ?? 0);
    const to = isSet(slots.end) ? null : (ends[entry] ?? 0);
    const cut = shrinks ? { start: fromFront(from ?? 0, size), count: 1, step: 1 } : rangeOf(size, from, to, step);
    if (cut.count < 1) throw unsupported(`${context.name} keeps nothing of ${dims.join(" x ")}`);
    if (shrinks) dropped.push(axis);
    if (cut.start !== 0 || cut.count !== size || cut.step !== 1) cuts.push({ axis, ...cut });
  }
  return { cuts, dropped };
}

/** The entry of the bounds for each axis; null for an axis that an ellipsis or the end of the list keeps whole. */
function entriesFor(rank: number, count: number, ellipsis: number): readonly (number | null)[] {
  const at = Array.from({ length: count }, (_, entry) => entry).find((entry) => ((ellipsis >> entry) & 1) === 1) ?? count;
  const whole = rank - count + (at < count ? 1 : 0);
  return Array.from({ length: rank }, (_, axis) => (axis < at ? axis : axis < at + whole ? null : axis - whole + 1));
}

function fromFront(position: number, size: number): number {
  return position < 0 ? position + size : position;
}

/** As in Python: a null bound is the respective end of the axis. */
function rangeOf(size: number, from: number | null, to: number | null, step: number): Omit<Cut, "axis"> {
  const [first, last] = step > 0 ? [0, size] : [-1, size - 1];
  const bounded = (position: number): number => Math.min(Math.max(fromFront(position, size), first), last);
  const start = from === null ? (step > 0 ? first : last) : bounded(from);
  const end = to === null ? (step > 0 ? last : first) : bounded(to);
  return { start, count: step === 0 ? 0 : Math.max(0, Math.ceil((end - start) / step)), step };
}

export const stridedSlice: ImportOperator = (context) => {
  const input = context.value(0);
  const { cuts, dropped } = cutsOf(context, input.dims);
  const sliced = cuts.length === 0 ? input : context.network.slice(`${context.name}.sliced`, input, cuts);
  const dims = sliced.dims.filter((_, axis) => !dropped.includes(axis));
  if (dropped.includes(0)) throw unsupported(`${context.name} removes the batch`);
  return context.network.reshape(context.name, sliced, dims);
};

/** A size of -1 keeps the rest. */
export const slice: ImportOperator = (context) => {
  const input = context.value(0);
  const [begins, sizes] = [context.integers(1), context.integers(2)];
  const cuts = input.dims.flatMap((size, axis): Cut[] => {
    const [start = 0, length = -1] = [begins[axis], sizes[axis]];
    const count = length === -1 ? size - start : length;
    return start === 0 && count === size ? [] : [{ axis, start, count, step: 1 }];
  });
  return cuts.length === 0 ? input : context.network.slice(context.name, input, cuts);
};
