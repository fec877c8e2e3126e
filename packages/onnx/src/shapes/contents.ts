/** Constant folding for small integer tensors of any rank, in row-major order: exporters compute sizes, paddings and axes with them. */
import { type Dim, product, type Shape } from "./shape.ts";

/** Longer integer tensors hold data, not sizes. */
export const mostContents = 4096;

/** Whether a result of this shape may be folded. A file can ask for a result of any size. */
export function isSmall(shape: Shape): boolean {
  const count = product(shape);
  return typeof count === "number" && count <= mostContents;
}

export type Contents = readonly Dim[];

interface ShapedContents {
  readonly values: Contents;
  readonly shape: Shape;
}

/** The distance, in values, from one position along an axis to the next. All sizes are numbers. */
function sizeBehind(shape: Shape, axis: number): number {
  return shape.slice(axis + 1).reduce<number>((product, size) => product * Number(size), 1);
}

/** Gathers the given positions along one axis. */
export function pickAlong({ values, shape }: ShapedContents, axis: number, positions: readonly number[]): Contents {
  const behind = sizeBehind(shape, axis);
  const block = behind * Number(shape[axis]);
  const picked: Dim[] = [];
  for (let start = 0; start < values.length; start += block)
    for (const position of positions) picked.push(...values.slice(start + position * behind, start + (position + 1) * behind));
  return picked;
}

/** Concatenates along an axis. */
export function joinAlong(parts: readonly ShapedContents[], axis: number): Contents {
  const blocks = parts.map(({ shape }) => sizeBehind(shape, axis) * Number(shape[axis]));
  const rows = (parts[0]?.shape.slice(0, axis) ?? []).reduce<number>((product, size) => product * Number(size), 1);
  return Array.from({ length: rows }, (_, row) =>
    parts.map(({ values }, part) => values.slice(row * (blocks[part] ?? 0), (row + 1) * (blocks[part] ?? 0))),
  ).flat(2);
}

export function transposeContents({ values, shape }: ShapedContents, order: readonly number[]): Contents {
  return readAt(
    values,
    order.map((axis) => Number(shape[axis])),
    order.map((axis) => sizeBehind(shape, axis)),
  );
}

/** Broadcasts to a larger shape. */
export function stretchContents({ values, shape }: ShapedContents, to: Shape): Contents {
  const lead = to.length - shape.length;
  return readAt(
    values,
    to.map(Number),
    to.map((_, axis) => (axis < lead || shape[axis - lead] === 1 ? 0 : sizeBehind(shape, axis - lead))),
  );
}

/** Reads a value for each place of a shape with these sizes; `steps` says how far to move for one position along each axis. */
function readAt(values: Contents, sizes: readonly number[], steps: readonly number[]): Contents {
  const offsets = sizes.reduce<readonly number[]>(
    (sofar, size, axis) => sofar.flatMap((offset) => Array.from({ length: size }, (_, at) => offset + at * (steps[axis] ?? 0))),
    [0],
  );
  return offsets.map((offset) => values[offset] ?? 0);
}
