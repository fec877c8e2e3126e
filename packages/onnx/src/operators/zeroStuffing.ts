/**
 * The gradient of a strided window, spread out again: each value is followed by stride - 1 zeros along rows and columns. Two
 * broadcasting products with [1, 0, ...] cost a fraction of a Pad in onnxruntime, and are bit-equal.
 */
import type { GraphBuilder } from "../graphBuilder.ts";
import type { Pair } from "./spatialWindow.ts";

/** `value` is N x channels x counts; the result N x channels x (counts * strides). */
export function stuffWithZeros(
  builder: GraphBuilder,
  value: string,
  options: { channels: number; counts: Pair; strides: Pair; name: (suffix: string) => string },
): string {
  const { channels, counts, strides, name } = options;
  if (strides[0] === 1 && strides[1] === 1) return value;
  const mask = (suffix: string, stride: number, dims: readonly number[]): string =>
    builder.floats(
      name(suffix),
      dims,
      Float32Array.from({ length: stride }, (_, index) => (index === 0 ? 1 : 0)),
    );
  const apart = builder.integers(name("apart"), [0, channels, counts[0], 1, counts[1], 1]);
  let spread = builder.node("Reshape", name("cells"), [value, apart]);
  if (strides[0] > 1) spread = builder.node("Mul", name("rows"), [spread, mask("rowMask", strides[0], [strides[0], 1, 1])]);
  if (strides[1] > 1) spread = builder.node("Mul", name("columns"), [spread, mask("columnMask", strides[1], [strides[1]])]);
  const together = builder.integers(name("together"), [0, channels, counts[0] * strides[0], counts[1] * strides[1]]);
  return builder.node("Reshape", name("stuffed"), [spread, together]);
}

/** Adds zeros at the end of rows and columns, or takes them off, until the image has these sides. */
export function fitSides(
  builder: GraphBuilder,
  value: string,
  options: { from: Pair; to: Pair; name: (suffix: string) => string },
): string {
  const { from, to, name } = options;
  const missing: Pair = [to[0] - from[0], to[1] - from[1]];
  if (missing[0] === 0 && missing[1] === 0) return value;
  const pads = builder.integers(name("fitting"), [0, 0, 0, 0, 0, 0, missing[0], missing[1]]);
  return builder.node("Pad", name("fitted"), [value, pads]);
}
