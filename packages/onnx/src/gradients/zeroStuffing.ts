/**
 * Spreads the gradient of a strided window: inserts stride - 1 zeros after each value along rows and columns. Columns are spread by a
 * product with a 0/1 matrix, rows by a broadcasting product with [1, 0, ...]. Both are exact, and in onnxruntime cost a fraction of a
 * Pad or of broadcasting along the last axis, which is not contiguous.
 */

import type { Pair } from "../geometry/spatialWindow.ts";
import type { GraphBuilder } from "../graphBuilder.ts";
import { maxTensorElements } from "../maxTensorElements.ts";

/** From N x channels x counts to N x channels x (counts * strides). */
export function stuffWithZeros(
  builder: GraphBuilder,
  value: string,
  options: { channels: number; counts: Pair; strides: Pair; name: (suffix: string) => string },
): string {
  const { channels, counts, strides, name } = options;
  if (strides[0] === 1 && strides[1] === 1) return value;
  let spread = value;
  const [from, to] = [counts[1], counts[1] * strides[1]];
  // Wide values use a slower form without a matrix, whose cost is linear in the width.
  if (strides[1] > 1 && from * to > maxTensorElements) {
    const single = builder.node("Reshape", name("columnsApart"), [
      spread,
      builder.integers(name("single"), [0, channels, counts[0], from, 1]),
    ]);
    const columns = builder.node("Mul", name("columns"), [single, builder.floats(name("columnMask"), [strides[1]], firstOf(strides[1]))]);
    spread = builder.node("Reshape", name("widened"), [columns, builder.integers(name("wide"), [0, channels, counts[0], to])]);
  } else if (strides[1] > 1) {
    const places = new Float32Array(from * to);
    for (let column = 0; column < from; column++) places[column * to + column * strides[1]] = 1;
    spread = builder.node("MatMul", name("columns"), [spread, builder.floats(name("places"), [from, to], places)]);
  }
  if (strides[0] === 1) return spread;
  const apart = builder.node("Reshape", name("rowsApart"), [spread, builder.integers(name("apart"), [0, channels, counts[0], 1, to])]);
  const rows = builder.node("Mul", name("rows"), [apart, builder.floats(name("rowMask"), [strides[0], 1], firstOf(strides[0]))]);
  return builder.node("Reshape", name("stuffed"), [rows, builder.integers(name("together"), [0, channels, counts[0] * strides[0], to])]);
}

/** [1, 0, 0, ...] */
function firstOf(count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, index) => (index === 0 ? 1 : 0));
}

/** Pads with zeros or cuts at the end of rows and columns to the size `to`. */
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
