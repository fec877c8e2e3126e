/**
 * The reductions came to take their axes as an input (ReduceSum with operator set 13, the others with 18). One that names no axes reduces
 * over all; with `noop_with_empty_axes` it reduces each number by itself instead, as onnxruntime's processor kernels do, and is written
 * as what that comes to: other engines leave the numbers as they are.
 */
import { findInts, intOr } from "../operators/attributeValues.ts";
import { changed, type Upgrade } from "./upgrade.ts";

const byItself: Readonly<Record<string, string>> = {
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

export const reductionForm: Upgrade = {
  operators: Object.keys(byItself),
  apply({ node, contents, integers }) {
    const [input = "", given = ""] = node.inputs;
    const axes = findInts(node, "axes");
    const isEmpty = axes === null ? given === "" || contents(1)?.length === 0 : axes.length === 0;
    if (isEmpty && intOr(node, "noop_with_empty_axes", 0) === 1) {
      const operator = byItself[node.operator] ?? node.operator;
      return [{ ...node, operator, inputs: operator === "Mul" ? [input, input] : [input], attributes: new Map() }];
    }
    return [
      changed(node, { inputs: axes === null ? node.inputs : [input, integers("axes", axes)], drop: ["axes", "noop_with_empty_axes"] }),
    ];
  },
};
