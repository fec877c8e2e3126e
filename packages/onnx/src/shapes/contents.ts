/** Constant folding of small integer tensors of any rank, in row-major order. Exporters compute sizes, paddings and axes with them. */
import { type Dim, product, type Shape } from "./shape.ts";

/** Longer integer tensors hold data, not sizes. */
export const maxContents = 4096;

/** Whether a result of this shape may be folded. A file can request a result of any size. */
export function isSmall(shape: Shape): boolean {
  const count = product(shape);
  return typeof count === "number" && count <= maxContents;
}

export type Contents = readonly Dim[];

interface ShapedContents {
  readonly values: Contents;
  readonly shape: Shape;
}

/** The stride of an axis: how many values apart two neighbouring positions are. All sizes must be numbers. */
function strideOf(shape: Shape, axis: number): number {
  return shape.slice(axis + 1).reduce<number>((product, size) => product * Number(size), 1);
}

/** Gathers the given positions along one axis. */
export function pickAlong({ values, shape }: ShapedContents, axis: number, positions: readonly number[]): Contents {
  const stride = strideOf(shape, axis);
  const block = stride * Number(shape[axis]);
  const picked: Dim[] = [];
  for (let start = 0; start < values.length; start += block)
    for (const position of positions) picked.push(...values.slice(start + position * stride, start + (position + 1) * stride));
  return picked;
}

/** Concatenates along an axis. */
export function joinAlong(parts: readonly ShapedContents[], axis: number): Contents {
  const blocks = parts.map(({ shape }) => strideOf(shape, axis) * Number(shape[axis]));
  const rows = (parts[0]?.shape.slice(0, axis) ?? []).reduce<number>((product, size) => product * Number(size), 1);
  return Array.from({ length: rows }, (_, row) =>
    parts.map(({ values }, part) => values.slice(row * (blocks[part] ?? 0), (row + 1) * (blocks[part] ?? 0))),
  ).flat(2);
}

export function transposeContents({ values, shape }: ShapedContents, order: readonly number[]): Contents {
  return readAt(
    values,
    order.map((axis) => Number(shape[axis])),
    order.map((axis) => strideOf(shape, axis)),
  );
}

/** Broadcasts to a larger shape. */
export function stretchContents({ values, shape }: ShapedContents, to: Shape): Contents {
  const lead = to.length - shape.length;
  return readAt(
    values,
    to.map(Number),
    to.map((_, axis) => (axis < lead || shape[axis - lead] === 1 ? 0 : strideOf(shape, axis - lead))),
  );
}

/** Reads one value for each position of a shape with these sizes; `steps` is the stride of each axis in `values`. */
function readAt(values: Contents, sizes: readonly number[], steps: readonly number[]): Contents {
  const offsets = sizes.reduce<readonly number[]>(
    (soFar, size, axis) => soFar.flatMap((offset) => Array.from({ length: size }, (_, at) => offset + at * (steps[axis] ?? 0))),
    [0],
  );
  return offsets.map((offset) => values[offset] ?? 0);
}
