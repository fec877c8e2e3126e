/** Cholesky factorisation of symmetric positive definite matrices, stored row by row, and the inverse and solutions from it. */
import { AppError } from "@pareidolia/core/appError";

/** Returns lower-triangular L with L L' = matrix. @throws AppError INVALID_INPUT if the matrix is not positive definite. */
export function choleskyFactor(matrix: Float64Array, size: number): Float64Array {
  const factor = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j] as number;
      for (let k = 0; k < j; k++) sum -= (factor[i * size + k] as number) * (factor[j * size + k] as number);
      if (i > j) factor[i * size + j] = sum / (factor[j * size + j] as number);
      else if (sum > 0) factor[i * size + i] = Math.sqrt(sum);
      else throw new AppError("INVALID_INPUT", "The matrix is not positive definite.");
    }
  return factor;
}

/** Solves L L' x = right; returns x. */
export function choleskySolve(factor: Float64Array, size: number, right: Float64Array): Float64Array {
  const x = Float64Array.from(right);
  for (let i = 0; i < size; i++) {
    let sum = x[i] as number;
    for (let k = 0; k < i; k++) sum -= (factor[i * size + k] as number) * (x[k] as number);
    x[i] = sum / (factor[i * size + i] as number);
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = x[i] as number;
    for (let k = i + 1; k < size; k++) sum -= (factor[k * size + i] as number) * (x[k] as number);
    x[i] = sum / (factor[i * size + i] as number);
  }
  return x;
}

/** The inverse of L L'. */
export function choleskyInverse(factor: Float64Array, size: number): Float64Array {
  // Row i of the inverse of L, then the product of its transpose with itself.
  const lower = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    const diagonal = factor[i * size + i] as number;
    lower[i * size + i] = 1 / diagonal;
    for (let k = 0; k < i; k++) {
      const scale = (factor[i * size + k] as number) / diagonal;
      if (scale === 0) continue;
      for (let j = 0; j <= k; j++) lower[i * size + j] = (lower[i * size + j] as number) - scale * (lower[k * size + j] as number);
    }
  }
  const inverse = new Float64Array(size * size);
  for (let k = 0; k < size; k++)
    for (let i = 0; i <= k; i++) {
      const scale = lower[k * size + i] as number;
      if (scale === 0) continue;
      for (let j = 0; j <= i; j++) inverse[i * size + j] = (inverse[i * size + j] as number) + scale * (lower[k * size + j] as number);
    }
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) inverse[j * size + i] = inverse[i * size + j] as number;
  return inverse;
}
