/**
 * 64-bit integers as JavaScript numbers, which are exact up to 2^53. Larger values only occur as a bound that means "no limit"
 * (exporters write the largest int64). They become the largest safe integer, and the largest int64 again when stored.
 */
import type { Tensor } from "./graph.ts";

export type IntegerType = "int64" | "int32";

const maxInt64 = 2n ** 63n - 1n;

export function fromInt64(value: bigint): number {
  return Math.min(Math.max(Number(value), Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
}

export function toInt64(value: number): bigint {
  if (value >= Number.MAX_SAFE_INTEGER) return maxInt64;
  return value <= Number.MIN_SAFE_INTEGER ? -maxInt64 - 1n : BigInt(value);
}

export function integerTensor(name: string, dims: readonly number[], values: readonly number[], type: IntegerType = "int64"): Tensor {
  if (type === "int32") return { name, dims, type, data: Int32Array.from(values) };
  return { name, dims, type, data: BigInt64Array.from(values, toInt64) };
}
