/** Elementwise arithmetic of two values with broadcasting. Small integers are folded, because exporters compute shapes with them. */
import { type Contents, isSmall, stretchContents } from "../shapes/contents.ts";
import type { Dim, Shape } from "../shapes/shape.ts";
import type { GradientContext, InferenceContext, OperatorRule } from "./operatorRule.ts";
import { inferBroadcast, sumToShape } from "./sumToShape.ts";

type Combine = (left: Dim, right: Dim) => Dim | null;

export function arithmetic(
  operator: string,
  compute: Combine,
  gradientOf: (context: GradientContext, input: 0 | 1) => string,
): OperatorRule {
  return {
    operator,
    infer(context) {
      const [inferred] = inferBroadcast(context);
      const shape = inferred?.shape ?? [];
      return [{ shape, contents: elementwise(context, shape, compute) }];
    },
    differentiate(context) {
      const { needsGradient, shape, outputShape } = context;
      return ([0, 1] as const).map((input) =>
        needsGradient(input) ? sumToShape(context, gradientOf(context, input), outputShape(0), shape(input), `input${input}`) : null,
      );
    },
  };
}

/** Folds all inputs, broadcast to the shape `to`; undefined if any value is unknown. */
export function elementwise({ node, shape, contents }: InferenceContext, to: Shape, combine: Combine): Contents | undefined {
  if (!isSmall(to)) return undefined;
  let results: Contents | null = null;
  for (const input of node.inputs.keys()) {
    const values = contents(input);
    if (values === null) return undefined;
    const stretched = stretchContents({ values, shape: shape(input) }, to);
    const combined: readonly (Dim | null)[] = results === null ? stretched : results.map((value, at) => combine(value, stretched[at] ?? 0));
    if (!combined.every((value) => value !== null)) return undefined;
    results = combined;
  }
  return results ?? undefined;
}

export const onNumbers =
  (compute: (left: number, right: number) => number): Combine =>
  (left, right) =>
    typeof left === "number" && typeof right === "number" ? compute(left, right) : null;
