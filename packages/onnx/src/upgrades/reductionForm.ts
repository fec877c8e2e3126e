/**
 * Reductions take their axes as an input (ReduceSum since operator set 13, the others since 18). Without axes a reduction is over all
 * axes. With `noop_with_empty_axes`, onnxruntime's CPU kernels reduce each element on its own instead; this is rewritten as the
 * equivalent elementwise operator, because other engines leave the elements unchanged. The maximum or minimum of an empty set, which
 * WebGPU refuses, becomes the sum of the set plus negative or positive infinity.
 */
import { findInts, intOr } from "../nodes/attributeValues.ts";
import { frontAxis } from "../shapes/shape.ts";
import { createNode, type Upgrade, updateNode } from "./upgrade.ts";

const elementwise: Readonly<Record<string, string>> = {
  ReduceSum: "Identity",
  ReduceMean: "Identity",
  ReduceMax: "Identity",
  ReduceMin: "Identity",
  ReduceProd: "Identity",
  ReduceLogSumExp: "Identity",
  ReduceL1: "Abs",
  ReduceL2: "Abs",
  ReduceSumSquare: "Mul",
  ReduceLogSum: "Log",
};

const ofEmptySet: Readonly<Record<string, number>> = { ReduceMax: -Infinity, ReduceMin: Infinity };

export const reductionForm: Upgrade = {
  operators: Object.keys(elementwise),
  apply(context) {
    const { node, contents, integers, floats, name, shape, type } = context;
    const [input = "", axesInput = ""] = node.inputs;
    const axes = findInts(node, "axes");
    const isEmpty = axes === null ? axesInput === "" || contents(1)?.length === 0 : axes.length === 0;
    if (isEmpty && intOr(node, "noop_with_empty_axes", 0) === 1) {
      const operator = elementwise[node.operator] ?? node.operator;
      return [{ ...node, operator, inputs: operator === "Mul" ? [input, input] : [input], attributes: new Map() }];
    }
    const canonical = updateNode(node, {
      inputs: axes === null ? node.inputs : [input, integers("axes", axes)],
      drop: ["axes", "noop_with_empty_axes"],
    });
    const infinity = ofEmptySet[node.operator];
    const reduced = isEmpty ? shape(0) : (axes ?? contents(1) ?? []).map((axis) => shape(0)[frontAxis(Number(axis), shape(0).length)]);
    if (infinity === undefined || type(0) !== "float32" || !reduced.includes(0)) return [canonical];
    const sum = updateNode(canonical, { operator: "ReduceSum", outputs: [name("sum")] });
    return [
      sum,
      { ...createNode("Add", node.name, [name("sum"), floats("infinity", [], Float32Array.of(infinity))]), outputs: node.outputs },
    ];
  },
};
