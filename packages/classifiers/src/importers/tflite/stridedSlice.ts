/** Which places STRIDED_SLICE and SLICE keep. Slots and masks follow schema.fbs: bit `i` of a mask speaks of the i-th number given. */
import { type Cut, unsupported } from "../channelsLast/channelsLastNetwork.ts";
import type { ImportOperator, OperatorPlace } from "./importOperator.ts";

interface Cuts {
  /** Of the axes that lose places. */
  readonly cuts: readonly Cut[];
  /** Axes that are left out of the result, after one of their places is kept. */
  readonly dropped: readonly number[];
}

const slots = { begin: 0, end: 1, ellipsis: 2, newAxis: 3, shrink: 4, offset: 5 };

/** @throws AppError INVALID_INPUT for an empty result, or a new axis. */
export function cutsOf(place: OperatorPlace, dims: readonly number[]): Cuts {
  const [begins, ends, strides] = [place.integers(1), place.integers(2), place.integers(3)];
  const mask = (slot: number): number => place.options?.int32(slot) ?? 0;
  if (mask(slots.newAxis) !== 0 || (place.options?.int8(slots.offset) ?? 0) !== 0)
    throw unsupported(`${place.name} adds an axis, or ends at an offset`);
  const dropped: number[] = [];
  const cuts: Cut[] = [];
  for (const [axis, given] of givenFor(dims.length, begins.length, mask(slots.ellipsis)).entries()) {
    const size = dims[axis] ?? 0;
    if (given === null) continue;
    const says = (slot: number): boolean => ((mask(slot) >> given) & 1) === 1;
    const step = strides[given] ?? 1;
    const shrinks = says(slots.shrink);
    const from = says(slots.begin) && !shrinks ? null : (begins[given] ?? 0);
    const to = says(slots.end) ? null : (ends[given] ?? 0);
    const cut = shrinks ? { start: fromFront(from ?? 0, size), count: 1, step: 1 } : kept(size, from, to, step);
    if (cut.count < 1) throw unsupported(`${place.name} keeps nothing of ${dims.join(" x ")}`);
    if (shrinks) dropped.push(axis);
    if (cut.start !== 0 || cut.count !== size || cut.step !== 1) cuts.push({ axis, ...cut });
  }
  return { cuts, dropped };
}

/** For each axis, which of the given numbers is its own; null for one that an ellipsis or the end of the list leaves whole. */
function givenFor(rank: number, count: number, ellipsis: number): readonly (number | null)[] {
  const at = Array.from({ length: count }, (_, given) => given).find((given) => ((ellipsis >> given) & 1) === 1) ?? count;
  const whole = rank - count + (at < count ? 1 : 0);
  return Array.from({ length: rank }, (_, axis) => (axis < at ? axis : axis < at + whole ? null : axis - whole + 1));
}

function fromFront(place: number, size: number): number {
  return place < 0 ? place + size : place;
}

/** Python's rule: a bound that is null lies at the end that it is for. */
function kept(size: number, from: number | null, to: number | null, step: number): Omit<Cut, "axis"> {
  const [first, last] = step > 0 ? [0, size] : [-1, size - 1];
  const bounded = (place: number): number => Math.min(Math.max(fromFront(place, size), first), last);
  const start = from === null ? (step > 0 ? first : last) : bounded(from);
  const end = to === null ? (step > 0 ? last : first) : bounded(to);
  return { start, count: step === 0 ? 0 : Math.max(0, Math.ceil((end - start) / step)), step };
}

export const stridedSlice: ImportOperator = (place) => {
  const input = place.value(0);
  const { cuts, dropped } = cutsOf(place, input.dims);
  const sliced = cuts.length === 0 ? input : place.network.slice(`${place.name}.sliced`, input, cuts);
  const dims = sliced.dims.filter((_, axis) => !dropped.includes(axis));
  if (dropped.includes(0)) throw unsupported(`${place.name} leaves the batch out`);
  return place.network.reshape(place.name, sliced, dims);
};

/** A size of -1 is all that is left. */
export const slice: ImportOperator = (place) => {
  const input = place.value(0);
  const [begins, sizes] = [place.integers(1), place.integers(2)];
  const cuts = input.dims.flatMap((size, axis): Cut[] => {
    const [start = 0, given = -1] = [begins[axis], sizes[axis]];
    const count = given === -1 ? size - start : given;
    return start === 0 && count === size ? [] : [{ axis, start, count, step: 1 }];
  });
  return cuts.length === 0 ? input : place.network.slice(place.name, input, cuts);
};
