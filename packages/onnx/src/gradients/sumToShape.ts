/** The gradient of broadcasting, which copies a value along axes: the sum over those axes, in the shape of the value. */
import { int } from "../graphBuilder.ts";
import type { GradientContext } from "../operators/operatorRule.ts";
import type { Shape } from "../shapes/shape.ts";

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
