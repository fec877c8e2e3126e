/** Max and Min of several values, elementwise. The gradient goes to the values equal to the result; ties share it equally. */
import { sumToShape } from "../gradients/sumToShape.ts";
import { int } from "../graphBuilder.ts";
import { combineContents, inferBroadcast } from "../shapes/broadcasting.ts";
import type { Dim } from "../shapes/shape.ts";
import type { OperatorRule } from "./operatorRule.ts";

function elementwiseExtreme(operator: "Max" | "Min"): OperatorRule {
  const choose = operator === "Max" ? Math.max : Math.min;
  const extreme = (left: Dim, right: Dim): Dim | null => {
    if (left === right) return left;
    return typeof left === "number" && typeof right === "number" ? choose(left, right) : null;
  };
  return {
    operator,
    infer(context) {
      const [inferred] = inferBroadcast(context);
      const shape = inferred?.shape ?? [];
      return [{ shape, contents: combineContents(context, shape, extreme) }];
    },
    differentiate(context) {
      const { node, builder, outputGradient, needsGradient, name, shape, outputShape } = context;
      const [output = ""] = node.outputs;
      const reached = node.inputs.map((input, index) =>
        builder.node("Cast", name(`reached${index}`), [builder.node("Equal", name(`equal${index}`), [input, output])], { to: int(1) }),
      );
      const ties = reached.length === 1 ? (reached[0] ?? "") : builder.node("Sum", name("ties"), reached);
      const share = builder.node("Div", name("share"), [outputGradient, ties]);
      return reached.map((gate, index) => {
        if (!needsGradient(index)) return null;
        const gradient = builder.node("Mul", name(`product${index}`), [share, gate]);
        return sumToShape(context, gradient, outputShape(0), shape(index), `input${index}`);
      });
    },
  };
}

export const extremeRules: readonly OperatorRule[] = [elementwiseExtreme("Max"), elementwiseExtreme("Min")];
