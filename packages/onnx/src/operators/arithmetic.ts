/** Elementwise arithmetic of two values with broadcasting. Small integers are computed too: exporters derive shapes with them. */
import type { Dim } from "../shapes/shape.ts";
import type { GradientContext, OperatorRule } from "./operatorRule.ts";
import { inferBroadcast, sumToShape } from "./sumToShape.ts";

type Contents = (left: Dim, right: Dim) => Dim | null;

export function arithmetic(
  operator: string,
  compute: Contents,
  gradientOf: (context: GradientContext, input: 0 | 1) => string,
): OperatorRule {
  return {
    operator,
    infer(context) {
      const [inferred] = inferBroadcast(context);
      return [{ shape: inferred?.shape ?? [], contents: elementwise(context.contents(0), context.contents(1), compute) }];
    },
    differentiate(context) {
      const { wants, shape, outputShape } = context;
      return ([0, 1] as const).map((input) =>
        wants(input) ? sumToShape(context, gradientOf(context, input), outputShape(0), shape(input), `input${input}`) : null,
      );
    },
  };
}

function elementwise(left: readonly Dim[] | null, right: readonly Dim[] | null, compute: Contents): readonly Dim[] | undefined {
  if (left === null || right === null || (left.length !== right.length && left.length !== 1 && right.length !== 1)) return undefined;
  const results = Array.from({ length: Math.max(left.length, right.length) }, (_, index) =>
    compute(left[left.length === 1 ? 0 : index] ?? 0, right[right.length === 1 ? 0 : index] ?? 0),
  );
  return results.every((value) => value !== null) ? results : undefined;
}

export const ofNumbers =
  (compute: (left: number, right: number) => number): Contents =>
  (left, right) =>
    typeof left === "number" && typeof right === "number" ? compute(left, right) : null;
