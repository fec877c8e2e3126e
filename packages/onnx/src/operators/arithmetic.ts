/** Elementwise arithmetic with broadcasting. With two values, small integers are computed too, since exporters derive shapes from them. */
import { sumToShape } from "../gradients/sumToShape.ts";
import { type Combine, combineContents, inferBroadcast } from "../shapes/broadcasting.ts";
import { product, quotient } from "../shapes/shape.ts";
import type { GradientContext, OperatorRule } from "./operatorRule.ts";

function arithmetic(operator: string, compute: Combine, gradientOf: (context: GradientContext, input: 0 | 1) => string): OperatorRule {
  return {
    operator,
    infer(context) {
      const [inferred] = inferBroadcast(context);
      const shape = inferred?.shape ?? [];
      return [{ shape, contents: combineContents(context, shape, compute) }];
    },
    differentiate(context) {
      const { needsGradient, shape, outputShape } = context;
      return ([0, 1] as const).map((input) =>
        needsGradient(input) ? sumToShape(context, gradientOf(context, input), outputShape(0), shape(input), `input${input}`) : null,
      );
    },
  };
}

const ofNumbers =
  (compute: (left: number, right: number) => number): Combine =>
  (left, right) =>
    typeof left === "number" && typeof right === "number" ? compute(left, right) : null;

const addRule = arithmetic(
  "Add",
  ofNumbers((left, right) => left + right),
  ({ outputGradient }) => outputGradient,
);

const subRule = arithmetic(
  "Sub",
  ofNumbers((left, right) => left - right),
  (context, input) =>
    input === 0 ? context.outputGradient : context.builder.node("Neg", context.name("negative"), [context.outputGradient]),
);

const mulRule = arithmetic(
  "Mul",
  (left, right) => product([left, right]),
  ({ node, builder, outputGradient, name }, input) =>
    builder.node("Mul", name(`product${input}`), [outputGradient, node.inputs[1 - input] ?? ""]),
);

/** Integer division rounds towards zero, as in the standard. */
const divRule = arithmetic(
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

/** Of any number of values. */
const sumRule: OperatorRule = {
  operator: "Sum",
  infer: inferBroadcast,
  differentiate(context) {
    const { node, outputGradient, needsGradient, shape, outputShape } = context;
    return node.inputs.map((_, input) =>
      needsGradient(input) ? sumToShape(context, outputGradient, outputShape(0), shape(input), `input${input}`) : null,
    );
  },
};

export const arithmeticRules: readonly OperatorRule[] = [addRule, subRule, mulRule, divRule, sumRule];
