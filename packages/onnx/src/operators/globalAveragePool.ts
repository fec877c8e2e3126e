/** GlobalAveragePool: the mean of each channel. */
import { inferGlobalPool } from "./globalPooling.ts";
import type { OperatorRule } from "./operatorRule.ts";
import { imageSides } from "./spatialWindow.ts";

export const globalAveragePoolRule: OperatorRule = {
  operator: "GlobalAveragePool",
  infer: inferGlobalPool,
  differentiate({ node, builder, outputGradient, needsGradient, name, shape }) {
    if (!needsGradient(0)) return [null];
    const [rows, columns] = imageSides(node, shape(0));
    const even = builder.floats(name("even"), [rows, columns], new Float32Array(rows * columns).fill(1 / (rows * columns)));
    return [builder.node("Mul", name("input"), [outputGradient, even])];
  },
};
