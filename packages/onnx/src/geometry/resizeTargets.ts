/** The target size and scale of each axis of a Resize, by ONNX's operator documentation. Unsupported options are refused. */
import type { GraphNode } from "../graph.ts";
import { findInts, intOr, textOr } from "../nodes/attributeValues.ts";
import { refuse } from "../nodes/refuse.ts";
import type { InferenceContext } from "../operators/operatorRule.ts";
import { type Dim, frontAxis, type Shape } from "../shapes/shape.ts";
import { checkInterpolation } from "./interpolation.ts";

export interface AxisTarget {
  readonly from: Dim;
  readonly to: Dim;
  readonly scale: number;
}

export interface ResizeInputs {
  readonly shape: Shape;
  /** One entry per resized axis, in the order of the axes. Either scales or sizes are given. */
  readonly scales: ArrayLike<number> | null;
  readonly sizes: readonly Dim[] | null;
}

/** Targets of a node in a graph. An empty list of scales counts as absent. */
export function targetsOf({ node, shape, constant, contents }: InferenceContext): readonly AxisTarget[] {
  const scales = constant(2);
  const factors = scales?.type === "float32" && scales.data.length > 0 ? scales.data : null;
  return resizeTargets(node, { shape: shape(0), scales: factors, sizes: contents(3) });
}

/** One target per axis of the input. */
export function resizeTargets(node: GraphNode, { shape, scales, sizes }: ResizeInputs): readonly AxisTarget[] {
  checkInterpolation(node);
  if (intOr(node, "antialias", 0) !== 0) refuse(node, "resizes with antialiasing, which is not supported");
  const axes = findInts(node, "axes")?.map((axis) => frontAxis(axis, shape.length)) ?? [...shape.keys()];
  const common = sizes === null ? null : commonScale(node, { shape, axes, sizes });
  return shape.map((from, axis): AxisTarget => {
    const at = axes.indexOf(axis);
    if (at < 0) return { from, to: from, scale: 1 };
    if (common !== null) return { from, to: Math.round(Math.fround(common * Number(from))), scale: common };
    if (sizes !== null) {
      const to = sizes[at] ?? from;
      return { from, to, scale: typeof from === "number" && typeof to === "number" ? to / from : 1 };
    }
    if (scales === null) return refuse(node, "has neither constant scales nor constant sizes");
    const scale = scales[at] ?? 1;
    if (scale === 1) return { from, to: from, scale };
    return { from, to: typeof from === "number" ? scaledSize(from, scale) : refuse(node, "resizes an axis of unknown size"), scale };
  });
}

/** The common scale of all axes if the sizes are bounds that keep the aspect ratio (inside or outside); null for plain sizes. */
function commonScale(
  node: GraphNode,
  { shape, axes, sizes }: { shape: Shape; axes: readonly number[]; sizes: readonly Dim[] },
): number | null {
  const policy = textOr(node, "keep_aspect_ratio_policy", "stretch");
  if (policy === "stretch") return null;
  if (policy !== "not_larger" && policy !== "not_smaller") refuse(node, `keeps the aspect ratio by "${policy}", which is not supported`);
  const factors = axes.map((axis, at) => {
    const [from, to] = [shape[axis], sizes[at]];
    return typeof from === "number" && typeof to === "number"
      ? Math.fround(to / from)
      : refuse(node, "keeps the aspect ratio of an axis of unknown size");
  });
  return policy === "not_larger" ? Math.min(...factors) : Math.max(...factors);
}

/** Rounded down after a product in single precision, as in onnxruntime: .7 of 10 is 7, although the nearest float32 is less than .7. */
export function scaledSize(size: number, scale: number): number {
  return Math.floor(Math.fround(size * Math.fround(scale)));
}
