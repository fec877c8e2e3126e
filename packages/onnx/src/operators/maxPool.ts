/**
 * MaxPool whose windows do not overlap. Each output's gradient goes back to the one element that was the maximum, found by its
 * index: a mask of "equal to the maximum" would count ties twice, and a mask of "positive" would lose all-negative windows.
 */
import { AppError } from "@pareidolia/core/appError";
import { ints } from "../graphBuilder.ts";
import { findInts, intOr, textOr } from "./attributeValues.ts";
import type { GradientRule } from "./gradientRule.ts";

export const maxPoolRule: GradientRule = {
  operator: "MaxPool",
  differentiate({ node, builder, outputGradient, wants, name }) {
    if (!wants(0)) return [null];
    const [input = ""] = node.inputs;
    const kernel = findInts(node, "kernel_shape") ?? [];
    const strides = findInts(node, "strides") ?? kernel.map(() => 1);
    const others = [
      ...(findInts(node, "pads") ?? []),
      intOr(node, "ceil_mode", 0),
      ...(findInts(node, "dilations") ?? []).map((value) => value - 1),
    ];
    const disjoint = kernel.every((size, axis) => size === strides[axis]) && others.every((value) => value === 0);
    if (!disjoint || textOr(node, "auto_pad", "NOTSET") !== "NOTSET")
      throw new AppError("INVALID_INPUT", `MaxPool ${node.name} has overlapping or padded windows: its gradient is not supported.`);
    const window = { kernel_shape: ints(kernel), strides: ints(strides) };
    const indices = name("indices");
    builder.node("MaxPool", name("maximum"), [input], window, [indices]);
    const shape = builder.node("Shape", name("shape"), [input]);
    return [builder.node("MaxUnpool", name("input"), [outputGradient, indices, shape], window)];
  },
};
