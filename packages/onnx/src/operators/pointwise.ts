/** Functions of one value, x to y. Their gradient is computed from x or y, whichever is cheaper. */
import { gateAbove, gateBelow, gateBetween } from "../gradients/gate.ts";
import { float } from "../graphBuilder.ts";
import { floatOr } from "../nodes/attributeValues.ts";
import type { Shape } from "../shapes/shape.ts";
import type { GradientContext, OperatorRule } from "./operatorRule.ts";

interface At extends Pick<GradientContext, "node" | "builder" | "name"> {
  readonly x: string;
  readonly y: string;
  /** The shape of x and of y. */
  readonly shape: Shape;
  readonly gradient: string;
  /** Adds a node with the given operator and returns its output, named after `suffix`. */
  readonly make: (operator: string, suffix: string, inputs: readonly string[]) => string;
  readonly constant: (suffix: string, value: number) => string;
}

/** `gradientAt` adds the nodes of the gradient and returns the name of its value. */
function pointwise(operator: string, gradientAt: (at: At) => string): OperatorRule {
  return {
    operator,
    infer: ({ shape }) => [{ shape: shape(0) }],
    differentiate({ node, builder, outputGradient, needsGradient, name, shape }) {
      if (!needsGradient(0)) return [null];
      const make = (kind: string, suffix: string, inputs: readonly string[]): string => builder.node(kind, name(suffix), inputs);
      const constant = (suffix: string, value: number): string => builder.floats(name(suffix), [], Float32Array.of(value));
      const at = {
        node,
        builder,
        name,
        x: node.inputs[0] ?? "",
        y: node.outputs[0] ?? "",
        shape: shape(0),
        gradient: outputGradient,
        make,
        constant,
      };
      return [gradientAt(at)];
    },
  };
}

/** The sign of the input; 0 at 0. */
const absRule = pointwise("Abs", ({ make, gradient, x }) => make("Mul", "input", [gradient, make("Sign", "sign", [x])]));

/** gradient * y */
const expRule = pointwise("Exp", ({ make, gradient, y }) => make("Mul", "input", [gradient, y]));

/** gradient / x */
const logRule = pointwise("Log", ({ make, gradient, x }) => make("Div", "input", [gradient, x]));

/** -gradient */
const negRule = pointwise("Neg", ({ make, gradient }) => make("Neg", "input", [gradient]));

/** gradient / (2 y) */
const sqrtRule = pointwise("Sqrt", ({ make, constant, gradient, y }) =>
  make("Div", "input", [make("Mul", "half", [gradient, constant("halved", 0.5)]), y]),
);

/** -gradient * y^2 */
const reciprocalRule = pointwise("Reciprocal", ({ make, gradient, y }) =>
  make("Neg", "input", [make("Mul", "scaled", [gradient, make("Mul", "square", [y, y])])]),
);

/** gradient * y * (1 - y) */
const sigmoidRule = pointwise("Sigmoid", ({ make, constant, gradient, y }) =>
  make("Mul", "input", [make("Mul", "scaled", [gradient, y]), make("Sub", "rest", [constant("one", 1), y])]),
);

/** gradient * (1 - y^2) */
const tanhRule = pointwise("Tanh", ({ make, constant, gradient, y }) =>
  make("Mul", "input", [gradient, make("Sub", "slope", [constant("one", 1), make("Mul", "square", [y, y])])]),
);

/** The slope is the sigmoid. */
const softplusRule = pointwise("Softplus", ({ make, gradient, x }) => make("Mul", "input", [gradient, make("Sigmoid", "slope", [x])]));

/** The slope is 1 above zero and y + alpha elsewhere, where y = alpha (exp(x) - 1). */
const eluRule = pointwise("Elu", ({ node, builder, name, make, constant, gradient, x, y, shape }) => {
  const gate = gateAbove(builder, { name, value: x, shape, bound: 0 });
  const shut = make("Sub", "shut", [constant("one", 1), gate]);
  const below = make("Mul", "below", [shut, make("Add", "shifted", [y, constant("alpha", floatOr(node, "alpha", 1))])]);
  return make("Mul", "input", [gradient, make("Add", "slope", [gate, below])]);
});

/** The slope is 1 above zero and alpha elsewhere. */
const leakyReluRule = pointwise("LeakyRelu", ({ node, builder, name, make, constant, gradient, x, shape }) => {
  const alpha = floatOr(node, "alpha", 0.01);
  const gate = gateAbove(builder, { name, value: x, shape, bound: 0 });
  const slope = make("Add", "slope", [make("Mul", "scaled", [gate, constant("rest", 1 - alpha)]), constant("alpha", alpha)]);
  return make("Mul", "input", [gradient, slope]);
});

/** max(0, min(1, alpha x + beta)): the slope is alpha strictly between the two corners. */
const hardSigmoidRule = pointwise("HardSigmoid", ({ node, builder, name, make, constant, gradient, y, shape }) => {
  const inside = gateBetween(builder, { name, value: y, shape, low: 0, high: 1 });
  return make("Mul", "input", [gradient, make("Mul", "slope", [inside, constant("alpha", floatOr(node, "alpha", 0.2))])]);
});

/** x * h(x), where h is the hard sigmoid of slope 1/6: the slope is h(x) + x h'(x). */
const hardSwishRule = pointwise("HardSwish", ({ builder, name, make, constant, gradient, x, shape }) => {
  const gated = { name, value: x, shape };
  const hard = builder.node("HardSigmoid", name("hard"), [x], { alpha: float(1 / 6), beta: float(0.5) });
  const inside = make("Mul", "inside", [gateAbove(builder, { ...gated, bound: -3 }), gateBelow(builder, { ...gated, bound: 3 })]);
  const ramp = make("Mul", "ramp", [make("Mul", "sixth", [x, constant("slope", 1 / 6)]), inside]);
  return make("Mul", "input", [gradient, make("Add", "whole", [hard, ramp])]);
});

export const pointwiseRules: readonly OperatorRule[] = [
  absRule,
  expRule,
  logRule,
  negRule,
  sqrtRule,
  reciprocalRule,
  sigmoidRule,
  tanhRule,
  softplusRule,
  eluRule,
  leakyReluRule,
  hardSigmoidRule,
  hardSwishRule,
];
