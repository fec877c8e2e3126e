/** Looks up an element type by its number in onnx.proto3. */
import type { Tensor } from "../graph.ts";
import { ElementType } from "./fieldNumbers.ts";

const types = new Map<number, Tensor["type"]>((Object.keys(ElementType) as Tensor["type"][]).map((name) => [ElementType[name], name]));

/** Null for a type that this platform does not support. */
export function elementTypeOf(number: number): Tensor["type"] | null {
  return types.get(number) ?? null;
}
