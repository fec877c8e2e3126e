/**
 * Resize, nearest or linear, in any of ONNX's coordinate transformations but the cropping one. Each axis is a linear map of its
 * own (a matrix of interpolation weights), so the gradient is the product with its transpose.
 */
import { type Dim, frontAxis } from "../shapes/shape.ts";
import { findInts, intOr, textOr } from "./attributeValues.ts";
import { interpolationMatrix } from "./interpolation.ts";
import { gradientOfMap } from "./linearMap.ts";
import type { InferenceContext, OperatorRule } from "./operatorRule.ts";
import { refuse } from "./refuse.ts";

/** It cuts out a part of the image before it resizes, which neither sizes nor scales tell. */
const cropping = "tf_crop_and_resize";

export const resizeRule: OperatorRule = {
  operator: "Resize",
  infer: (context) => [{ shape: readTargets(context).map((axis) => axis.to) }],
  differentiate(context) {
    const { node, outputGradient, wants, shape } = context;
    if (!wants(0)) return node.inputs.map(() => null);
    let gradient = outputGradient;
    for (const [axis, { from, to, scale }] of readTargets(context).entries()) {
      if (from === to && scale === 1) continue;
      if (typeof from !== "number" || typeof to !== "number") return refuse(node, "resizes an axis of unknown size");
      const matrix = interpolationMatrix(node, { from, to, scale });
      const map = { matrix, outputs: to, inputs: from, axis, rank: shape(0).length, suffix: `axis${axis}` };
      gradient = gradientOfMap(context, gradient, map);
    }
    return [gradient];
  },
};

/** Rounded down after a product in single precision, as onnxruntime has it: .7 of 10 is 7, though the nearest float32 is less than .7. */
export function scaledSize(size: number, scale: number): number {
  return Math.floor(Math.fround(size * Math.fround(scale)));
}

interface AxisTarget {
  readonly from: Dim;
  readonly to: Dim;
  readonly scale: number;
}

function readTargets({ node, shape, constant, contents }: InferenceContext): AxisTarget[] {
  if (intOr(node, "antialias", 0) !== 0) refuse(node, "resizes with antialiasing, which is not supported");
  if (textOr(node, "coordinate_transformation_mode", "half_pixel") === cropping)
    refuse(node, `places pixels by "${cropping}", which is not supported`);
  if (textOr(node, "keep_aspect_ratio_policy", "stretch") !== "stretch") refuse(node, "keeps the aspect ratio, which is not supported");
  const dims = shape(0);
  const axes = findInts(node, "axes")?.map((axis) => frontAxis(axis, dims.length)) ?? [...dims.keys()];
  const scales = constant(2);
  const sizes = contents(3);
  return dims.map((from, axis) => {
    const at = axes.indexOf(axis);
    if (at < 0) return { from, to: from, scale: 1 };
    if (sizes !== null) {
      const to = sizes[at] ?? from;
      return { from, to, scale: typeof from === "number" && typeof to === "number" ? to / from : 1 };
    }
    if (scales?.type !== "float32") return refuse(node, "has neither constant scales nor constant sizes");
    const scale = scales.data[at] ?? 1;
    if (scale === 1) return { from, to: from, scale };
    return { from, to: typeof from === "number" ? scaledSize(from, scale) : refuse(node, "resizes an axis of unknown size"), scale };
  });
}
