/**
 * MaxPool, also overlapping or padded. Each output's gradient goes to the one element that was the maximum, found by its index: a mask
 * of "equal to the maximum" would count ties twice, and a mask of "positive" would miss all-negative windows. Windows that share no
 * element use MaxUnpool; otherwise ScatterElements sums the gradients.
 */

import { readWindow, type SpatialWindow, windowCounts } from "../geometry/spatialWindow.ts";
import type { Attribute } from "../graph.ts";
import { int, ints } from "../graphBuilder.ts";
import { intOr } from "../nodes/attributeValues.ts";
import { refuse } from "../nodes/refuse.ts";
import type { OperatorRule } from "./operatorRule.ts";

export const maxPoolRule: OperatorRule = {
  operator: "MaxPool",
  infer({ node, shape }) {
    if (intOr(node, "storage_order", 0) !== 0) refuse(node, "returns column-major indices, which is not supported");
    const pooled = [...shape(0).slice(0, 2), ...windowCounts(node, shape(0), readWindow(node))];
    return node.outputs.map(() => ({ shape: pooled }));
  },
  // The second output has the indices of the maxima.
  outputType: ({ type }, output) => (output === 1 ? "int64" : type(0)),
  terms: ({ node }) => readWindow(node).kernel,
  differentiate({ node, builder, outputGradient, needsGradient, name }) {
    if (!needsGradient(0)) return [null];
    const [input = ""] = node.inputs;
    const window = readWindow(node);
    const indices = name("indices");
    builder.node("MaxPool", name("maximum"), [input], attributesOf(window), [indices]);
    const shape = builder.node("Shape", name("shape"), [input]);
    if (isPartition(window)) {
      const cells = { kernel_shape: ints(window.kernel), strides: ints(window.strides) };
      return [builder.node("MaxUnpool", name("input"), [outputGradient, indices, shape], cells)];
    }
    const flat = builder.integers(name("flat"), [-1]);
    const places = builder.node("Reshape", name("places"), [indices, flat]);
    const shares = builder.node("Reshape", name("shares"), [outputGradient, flat]);
    const count = builder.node("ReduceProd", name("count"), [shape], { keepdims: int(1) });
    const zeros = builder.node("ConstantOfShape", name("zeros"), [count]);
    const sums = builder.node("ScatterElements", name("sums"), [zeros, places, shares], {
      axis: int(0),
      reduction: { kind: "string", value: "add" },
    });
    return [builder.node("Reshape", name("input"), [sums, shape])];
  },
};

function attributesOf(window: SpatialWindow): Record<string, Attribute> {
  return {
    kernel_shape: ints(window.kernel),
    strides: ints(window.strides),
    dilations: ints(window.dilations),
    pads: ints([...window.begin, ...window.end]),
  };
}

/** Whether the windows tile the image without overlap, gaps or padding. */
function isPartition(window: SpatialWindow): boolean {
  return (
    [...window.begin, ...window.end].every((value) => value === 0) &&
    window.extent.every((size, axis) => size === window.strides[axis]) &&
    window.dilations.every((value) => value === 1)
  );
}
