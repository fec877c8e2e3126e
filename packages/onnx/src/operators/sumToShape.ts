/** Reverses broadcasting: sums a gradient over the broadcast axes, down to the value's own shape. */
import { int } from "../graphBuilder.ts";
import { broadcast, type Shape } from "../shapes/shape.ts";
import type { GradientContext, InferenceContext, Inferred } from "./operatorRule.ts";
import { refuse } from "./refuse.ts";

export function sumToShape({ builder, name }: GradientContext, gradient: string, from: Shape, to: Shape, suffix: string): string {
  const lead = from.length - to.length;
  const axes = from.flatMap((dim, axis) => (axis < lead || (to[axis - lead] === 1 && dim !== 1) ? [axis] : []));
  if (axes.length === 0) return gradient;
  const list = builder.integers(name(`${suffix}Axes`), axes);
  const sum = builder.node("ReduceSum", name(`${suffix}Sum`), [gradient, list], { keepdims: int(1) });
  if (lead === 0) return sum;
  return builder.node("Squeeze", name(`${suffix}Squeezed`), [
    sum,
    builder.integers(
      name(`${suffix}Lead`),
      Array.from({ length: lead }, (_, axis) => axis),
    ),
  ]);
}

/** The output shape of an elementwise operator over all its inputs. */
export function inferBroadcast({ node, shape }: InferenceContext): Inferred[] {
  const result = node.inputs.reduce<Shape>(
    (soFar, _, input) => broadcast(soFar, shape(input)) ?? refuse(node, "cannot broadcast its inputs to one shape"),
    [],
  );
  return [{ shape: result }];
}
