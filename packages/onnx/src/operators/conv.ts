/**
 * Conv, stride 1, one group. With batch and channels swapped, the weights' gradient is itself a convolution of the input by
 * the output's gradient; the input's gradient is the transposed convolution with the same weights.
 */
import { AppError } from "@pareidolia/core/appError";
import { ints } from "../graphBuilder.ts";
import { findInts, intOr, textOr } from "./attributeValues.ts";
import type { GradientRule } from "./gradientRule.ts";

const swapBatchAndChannels = { perm: ints([1, 0, 2, 3]) };

export const convRule: GradientRule = {
  operator: "Conv",
  differentiate({ node, builder, outputGradient, wants, name }) {
    const [input = "", weights = ""] = node.inputs;
    const plain = [...(findInts(node, "strides") ?? []), ...(findInts(node, "dilations") ?? [])].every((value) => value === 1);
    if (!plain || intOr(node, "group", 1) !== 1 || textOr(node, "auto_pad", "NOTSET") !== "NOTSET")
      throw new AppError(
        "INVALID_INPUT",
        `Conv ${node.name} has strides, dilations, groups or automatic padding: its gradient is not supported.`,
      );
    const pads = { pads: ints(findInts(node, "pads") ?? [0, 0, 0, 0]) };

    const inputGradient = wants(0) ? builder.node("ConvTranspose", name("input"), [outputGradient, weights], pads) : null;
    let weightGradient: string | null = null;
    if (wants(1)) {
      const swappedInput = builder.node("Transpose", name("swappedInput"), [input], swapBatchAndChannels);
      const swappedGradient = builder.node("Transpose", name("swappedGradient"), [outputGradient], swapBatchAndChannels);
      const correlation = builder.node("Conv", name("correlation"), [swappedInput, swappedGradient], pads);
      weightGradient = builder.node("Transpose", name("weights"), [correlation], swapBatchAndChannels);
    }
    let biasGradient: string | null = null;
    if (node.inputs.length > 2 && wants(2)) {
      const axes = builder.integers(name("axes"), [0, 2, 3]);
      biasGradient = builder.node("ReduceSum", name("bias"), [outputGradient, axes], {
        keepdims: { kind: "int", value: 0 },
      });
    }
    return [inputGradient, weightGradient, biasGradient];
  },
};
