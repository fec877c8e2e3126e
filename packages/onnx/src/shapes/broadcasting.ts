/** Shapes and small integer contents of elementwise operators, whose inputs are broadcast to one shape. */
import { refuse } from "../nodes/refuse.ts";
import type { InferenceContext, Inferred } from "../operators/operatorRule.ts";
import { type Contents, isSmall, stretchContents } from "./contents.ts";
import { broadcast, type Dim, type Shape } from "./shape.ts";

/** Combines two values; null if the result is unknown. */
export type Combine = (left: Dim, right: Dim) => Dim | null;

/** The shape of an elementwise operator over all its inputs. */
export function inferBroadcast({ node, shape }: InferenceContext): Inferred[] {
  const result = node.inputs.reduce<Shape>(
    (sofar, _, input) => broadcast(sofar, shape(input)) ?? refuse(node, `cannot stretch its inputs to one shape`),
    [],
  );
  return [{ shape: result }];
}

/** The contents of all inputs, broadcast to the shape `to` and combined value by value; undefined if any value is unknown. */
export function combineContents({ node, shape, contents }: InferenceContext, to: Shape, combine: Combine): Contents | undefined {
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
