/** A reduction over constant axes. Operators define the gradient of an element from the reduced value and its gradient. */
import { int } from "../graphBuilder.ts";
import { type Dim, frontAxis, type Shape } from "../shapes/shape.ts";
import { intOr } from "./attributeValues.ts";
import type { GradientContext, InferenceContext, OperatorRule } from "./operatorRule.ts";
import { refuse } from "./refuse.ts";
import { shareAmongMaxima } from "./shareAmongMaxima.ts";

export interface Reduced {
  readonly context: GradientContext;
  readonly x: string;
  /** The reduced value and its gradient, with the reduced axes kept at size 1. */
  readonly y: string;
  readonly gradient: string;
  readonly axes: readonly number[];
  readonly make: (operator: string, suffix: string, inputs: readonly string[]) => string;
}

/** `reduceSizes` folds a list of sizes, for operators that exporters compute shapes with. */
export function reduction(
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

/** Broadcasts the (smaller) gradient to the shape of the input. */
export function stretch({ context, x, gradient, make }: Reduced, suffix: string): string {
  return make("Expand", suffix, [gradient, context.builder.node("Shape", context.name(`${suffix}Shape`), [x])]);
}

export function toExtremes({ context, x, y, gradient, axes }: Reduced): string {
  const { builder, name } = context;
  const list = builder.integers(name("axes"), axes);
  const sum = (suffix: string, value: string): string => builder.node("ReduceSum", name(suffix), [value, list], { keepdims: int(1) });
  return shareAmongMaxima(context, { input: x, extreme: y, gradient, sum });
}
