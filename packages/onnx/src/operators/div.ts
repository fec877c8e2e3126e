/** Div. Integer division truncates towards zero, as ONNX specifies. */
import { quotient } from "../shapes/shape.ts";
import { arithmetic } from "./arithmetic.ts";

export const divRule = arithmetic(
  "Div",
  (left, right) => {
    if (right === 0) return null;
    return typeof left === "number" && typeof right === "number" ? Math.trunc(left / right) : quotient(left, right);
  },
  ({ node, builder, outputGradient, name }, input) => {
    const share = builder.node("Div", name(`share${input}`), [outputGradient, node.inputs[1] ?? ""]);
    if (input === 0) return share;
    return builder.node("Neg", name("negative"), [builder.node("Mul", name("scaled"), [share, node.outputs[0] ?? ""])]);
  },
);
