/**
 * Gates, 1 where a value passes and 0 where it does not, as hard sigmoids so steep that they are steps: in onnxruntime they cost a
 * fraction of a comparison followed by a selection.
 */
import { float, type GraphBuilder } from "../graphBuilder.ts";

/** A power of two, so that the step is exact: at the bound itself product and offset cancel to 0. */
const steep = 2 ** 100;

/** 1 above `bound`, 0 at and below it. */
export function gateAbove(builder: GraphBuilder, name: string, value: string, bound: number): string {
  return builder.node("HardSigmoid", name, [value], { alpha: float(steep), beta: float(-bound * steep) });
}

/** 1 below `bound`, 0 at and above it. */
export function gateBelow(builder: GraphBuilder, name: string, value: string, bound: number): string {
  return builder.node("HardSigmoid", name, [value], { alpha: float(-steep), beta: float(bound * steep) });
}
