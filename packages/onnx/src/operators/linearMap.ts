/** Multiplies a value along one axis by a constant matrix: the gradient of every linear map that acts on an axis alone. */
import { ints } from "../graphBuilder.ts";
import type { GradientContext } from "./operatorRule.ts";

export function applyMatrix(
  { builder, name }: GradientContext,
  value: string,
  map: { matrix: Float32Array; rows: number; columns: number; axis: number; rank: number; suffix: string },
): string {
  const { rows, columns, axis, rank, suffix } = map;
  if (axis === rank - 1) {
    const transposed = new Float32Array(map.matrix.length);
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) transposed[column * rows + row] = map.matrix[row * columns + column] ?? 0;
    return builder.node("MatMul", name(suffix), [value, builder.floats(name(`${suffix}Matrix`), [columns, rows], transposed)]);
  }
  const matrix = builder.floats(name(`${suffix}Matrix`), [rows, columns], map.matrix);
  if (axis === rank - 2) return builder.node("MatMul", name(suffix), [matrix, value]);
  const order = Array.from({ length: rank }, (_, index) => (index === axis ? rank - 2 : index === rank - 2 ? axis : index));
  const there = builder.node("Transpose", name(`${suffix}There`), [value], { perm: ints(order) });
  const product = builder.node("MatMul", name(`${suffix}Product`), [matrix, there]);
  return builder.node("Transpose", name(suffix), [product], { perm: ints(order) });
}
