/**
 * Upgrades Upsample (until set 9) and the Resize of set 10, which place pixels asymmetrically; since set 11 Resize names its coordinate
 * transformation. Nearest took the pixel before a position, or the one after it along an axis that shrinks (onnxruntime, and ONNX's own
 * tests of set 10). A Resize that changes no size is removed: onnxruntime copies on the CPU whatever the factors are, but other
 * providers interpolate.
 */

import { scaledSize, targetsOf } from "../geometry/resizeTargets.ts";
import type { Attribute, GraphNode } from "../graph.ts";
import { ints } from "../graphBuilder.ts";
import { findInts, textOr } from "../nodes/attributeValues.ts";
import { type Dim, frontAxis } from "../shapes/shape.ts";
import { createNode, type Upgrade, updateNode } from "./upgrade.ts";

const text = (value: string): Attribute => ({ kind: "string", value });

export const resizeForm: Upgrade = {
  operators: ["Upsample", "Resize"],
  apply(context) {
    const { node, opset, shape, constant, contents, floats, integers, name } = context;
    const [input = "", second = "", third = "", sizes = ""] = node.inputs;
    const copied = (): GraphNode[] => [{ ...createNode("Identity", node.name, [input]), outputs: node.outputs }];
    if (node.operator === "Resize" && opset >= 11) {
      const scales = constant(2)?.data.length === 0 ? "" : third;
      if (targetsOf(context).every(({ from, to }) => from === to)) return copied();
      if (sizes === "") return [updateNode(node, { inputs: [input, "", scales] })];
      // An open batch keeps its size, so it is removed from the requested sizes, which are in the order of the axes.
      const rank = shape(0).length;
      const requested = contents(3);
      const axes = findInts(node, "axes")?.map((axis) => frontAxis(axis, rank)) ?? [...shape(0).keys()];
      const resizedAxes = [...axes.entries()].filter(([, axis]) => typeof shape(0)[axis] === "number");
      const keepsAspect = textOr(node, "keep_aspect_ratio_policy", "stretch") !== "stretch";
      if (keepsAspect || requested === null || requested.length !== axes.length || resizedAxes.length === axes.length)
        return [updateNode(node, { inputs: [input, "", "", sizes] })];
      const list = integers(
        "sizes",
        resizedAxes.map(([place]) => Number(requested[place])),
      );
      return [updateNode(node, { inputs: [input, "", "", list], set: { axes: ints(resizedAxes.map(([, axis]) => axis)) } })];
    }
    const attribute = node.attributes.get("scales");
    const scales = attribute?.kind === "floats" ? floats("scales", [attribute.value.length], Float32Array.from(attribute.value)) : second;
    const mode = textOr(node, "mode", "nearest") === "nearest" ? "nearest" : "linear";
    const resized = (rounding: "floor" | "ceil", change: Pick<GraphNode, "inputs"> & Partial<GraphNode>) =>
      updateNode(node, {
        ...change,
        operator: "Resize",
        drop: ["scales"],
        set: { mode: text(mode), coordinate_transformation_mode: text("asymmetric"), nearest_mode: text(rounding) },
      });
    const factors =
      attribute?.kind === "floats" ? attribute.value : Array.from((constant(1)?.data ?? []) as ArrayLike<number | bigint>, Number);
    const dims = shape(0);
    if (factors.length === dims.length && dims.every((size, axis) => keepsSize(size, factors[axis] ?? 1))) return copied();
    const shrinks = factors.some((factor) => factor < 1);
    if (mode === "linear" || !shrinks || !factors.some((factor) => factor > 1))
      return [resized(shrinks ? "ceil" : "floor", { inputs: [input, "", scales] })];
    const part = (suffix: string, of: (factor: number) => number) => floats(suffix, [factors.length], Float32Array.from(factors, of));
    const smaller = name("smaller");
    return [
      resized("ceil", { inputs: [input, "", part("less", (factor) => Math.min(factor, 1))], outputs: [smaller] }),
      resized("floor", { inputs: [smaller, "", part("more", (factor) => Math.max(factor, 1))] }),
    ];
  },
};

function keepsSize(size: Dim, factor: number): boolean {
  return factor === 1 || (typeof size === "number" && scaledSize(size, factor) === size);
}
