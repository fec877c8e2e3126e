/** Reductions over constant axes. The gradient of an element follows from the gradient of the reduced value, broadcast to the input again. */

import { shareAmongMaxima } from "../gradients/shareAmongMaxima.ts";
import { int } from "../graphBuilder.ts";
import { intOr } from "../nodes/attributeValues.ts";
import { refuse } from "../nodes/refuse.ts";
import { type Dim, frontAxis, product, type Shape } from "../shapes/shape.ts";
import type { GradientContext, InferenceContext, OperatorRule } from "./operatorRule.ts";

interface Reduced {
  readonly context: GradientContext;
  readonly x: string;
  /** The reduced value and its gradient, with the reduced axes kept at size 1. */
  readonly y: string;
  readonly gradient: string;
  readonly axes: readonly number[];
  readonly make: (operator: string, suffix: string, inputs: readonly string[]) => string;
}

/** `reduceSizes` computes the operator on sizes, if exporters derive shapes with it. */
function reduction(
  operator: string,
  gradientOf: (reduced: Reduced) => string,
  reduceSizes: (sizes: readonly Dim[]) => Dim | undefined = () => undefined,
): OperatorRule {
  return {
    operator,
    infer(context) {
      const { node, shape, contents } = context;
      const axes = axesOf(context);
      const keeps = intOr(node, "keepdims", 1) === 1;
      const dims = shape(0).flatMap((dim, axis) => (axes.includes(axis) ? (keeps ? [1] : []) : [dim]));
      const values = contents(0);
      const reduced = values === null || axes.length < shape(0).length ? undefined : reduceSizes(values);
      return [{ shape: dims, contents: reduced === undefined ? undefined : [reduced] }];
    },
    differentiate(context) {
      const { node, builder, outputGradient, needsGradient, name, shape } = context;
      if (!needsGradient(0)) return node.inputs.map(() => null);
      const axes = axesOf(context);
      const keptDims = shape(0).map((dim, axis) => (axes.includes(axis) ? 1 : dim));
      const make = (kind: string, suffix: string, inputs: readonly string[]): string => builder.node(kind, name(suffix), inputs);
      const keep = (suffix: string, value: string): string =>
        intOr(node, "keepdims", 1) === 1 ? value : make("Reshape", suffix, [value, targetShape(context, keptDims, `${suffix}Shape`)]);
      const reduced = { context, x: node.inputs[0] ?? "", axes, make };
      return [gradientOf({ ...reduced, y: keep("keptValue", node.outputs[0] ?? ""), gradient: keep("keptGradient", outputGradient) })];
    },
  };
}

function axesOf({ node, shape, contents }: InferenceContext): readonly number[] {
  const rank = shape(0).length;
  if ((node.inputs[1] ?? "") === "") return [...shape(0).keys()];
  const axes = contents(1) ?? refuse(node, "reduces over axes that are not constant");
  return axes.length === 0 ? [...shape(0).keys()] : axes.map((axis) => frontAxis(Number(axis), rank));
}

function targetShape({ node, builder, name }: GradientContext, dims: Shape, suffix: string): string {
  const unknown = dims.filter((dim) => typeof dim !== "number").length;
  if (unknown > 1) refuse(node, "has more than one axis of unknown size");
  return builder.integers(
    name(suffix),
    dims.map((dim) => (typeof dim === "number" ? dim : -1)),
  );
}

/** The gradient of the reduced value, copied to the shape of the input. */
function stretch({ context, x, gradient, make }: Reduced, suffix: string): string {
  return make("Expand", suffix, [gradient, context.builder.node("Shape", context.name(`${suffix}Shape`), [x])]);
}

/** The gradient goes to the extremes; ties share it equally. */
function toExtremes({ context, x, y, gradient, axes }: Reduced): string {
  const { builder, name } = context;
  const list = builder.integers(name("axes"), axes);
  const sum = (suffix: string, value: string): string => builder.node("ReduceSum", name(suffix), [value, list], { keepdims: int(1) });
  return shareAmongMaxima(context, { input: x, extreme: y, gradient, sum });
}

/** The sum of magnitudes. */
const reduceL1Rule = reduction("ReduceL1", ({ x, gradient, make }) => make("Mul", "input", [gradient, make("Sign", "sign", [x])]));

/** The Euclidean length: x / y, and 0 at the origin, where it has no slope. */
const reduceL2Rule = reduction("ReduceL2", ({ context, x, y, gradient, make }) => {
  const least = context.builder.floats(context.name("least"), [], Float32Array.of(1e-30));
  return make("Mul", "input", [x, make("Div", "share", [gradient, make("Max", "length", [y, least])])]);
});

/** The logarithm of the sum: 1 / sum. */
const reduceLogSumRule = reduction("ReduceLogSum", ({ x, y, gradient, make }) =>
  make("Expand", "input", [make("Div", "share", [gradient, make("Exp", "sum", [y])]), make("Shape", "shape", [x])]),
);

/** The softmax. */
const reduceLogSumExpRule = reduction("ReduceLogSumExp", ({ x, y, gradient, make }) =>
  make("Mul", "input", [gradient, make("Exp", "share", [make("Sub", "centred", [x, y])])]),
);

const reduceMaxRule = reduction("ReduceMax", toExtremes);

const reduceMeanRule = reduction("ReduceMean", (reduced) => {
  const { context, axes, make } = reduced;
  const { builder, name, node, shape } = context;
  const count = product(axes.map((axis) => shape(0)[axis] ?? 1));
  if (typeof count !== "number") return refuse(node, "averages over an axis of unknown size: its gradient is not supported");
  return make("Mul", "input", [stretch(reduced, "stretched"), builder.floats(name("share"), [], Float32Array.of(1 / count))]);
});

const reduceMinRule = reduction("ReduceMin", toExtremes);

/**
 * The product of the other factors. To divide the whole product by each factor, zeros are replaced by ones: the gradient of the only zero is
 * the product of the others, and next to another zero every gradient is 0.
 */
const reduceProdRule = reduction(
  "ReduceProd",
  ({ context, x, gradient, axes, make }) => {
    const { builder, name } = context;
    const list = builder.integers(name("axes"), axes);
    const zero = builder.floats(name("zero"), [], Float32Array.of(0));
    const asNumber = (suffix: string, truth: string): string => builder.node("Cast", name(suffix), [truth], { to: int(1) });
    const over = (operator: string, suffix: string, value: string): string =>
      builder.node(operator, name(suffix), [value, list], { keepdims: int(1) });
    const isZero = asNumber("isZero", make("Equal", "equalsZero", [x, zero]));
    const factors = make("Add", "factors", [x, isZero]);
    const otherZeros = make("Sub", "otherZeros", [over("ReduceSum", "zeros", isZero), isZero]);
    const alone = asNumber("alone", make("Equal", "noOtherZero", [otherZeros, zero]));
    const others = make("Div", "others", [over("ReduceProd", "whole", factors), factors]);
    return make("Mul", "input", [make("Mul", "scaled", [others, alone]), gradient]);
  },
  product,
);

const reduceSumRule = reduction("ReduceSum", (reduced) => stretch(reduced, "input"));

/** 2 x */
const reduceSumSquareRule = reduction("ReduceSumSquare", ({ context, x, gradient, make }) =>
  make("Mul", "input", [x, make("Mul", "twice", [gradient, context.builder.floats(context.name("two"), [], Float32Array.of(2))])]),
);

export const reductionRules: readonly OperatorRule[] = [
  reduceL1Rule,
  reduceL2Rule,
  reduceLogSumRule,
  reduceLogSumExpRule,
  reduceMaxRule,
  reduceMeanRule,
  reduceMinRule,
  reduceProdRule,
  reduceSumRule,
  reduceSumSquareRule,
];
