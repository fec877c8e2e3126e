/**
 * Whole numbers of 64 bits as JavaScript's numbers, which count exactly to 2^53. What lies beyond is a bound that means "without
 * end" (exporters write the largest there is): it becomes the last safe number, and the largest of its type again where it is stored.
 */
import type { Tensor } from "./graph.ts";

export type WholeType = "int64" | "int32";

const largest = 2n ** 63n - 1n;

export function fromInt64(value: bigint): number {
  return Math.min(Math.max(Number(value), Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
}

export function toInt64(value: number): bigint {
  if (value >= Number.MAX_SAFE_INTEGER) return largest;
  return value <= Number.MIN_SAFE_INTEGER ? -largest - 1n : BigInt(value);
}

export function wholeTensor(name: string, dims: readonly number[], values: readonly number[], type: WholeType = "int64"): Tensor {
  if (type === "int32") return { name, dims, type, data: Int32Array.from(values) };
  return { name, dims, type, data: BigInt64Array.from(values, toInt64) };
}
