/** Concat along an axis: the gradient of each input is its slice. */
import { int } from "../graphBuilder.ts";
import { intOr } from "../nodes/attributeValues.ts";
import { refuse } from "../nodes/refuse.ts";
import { isSmall, joinAlong } from "../shapes/contents.ts";
import { type Dim, frontAxis, product } from "../shapes/shape.ts";
import type { OperatorRule } from "./operatorRule.ts";

export const concatRule: OperatorRule = {
  operator: "Concat",
  infer({ node, shape, contents }) {
    const first = shape(0);
    const axis = frontAxis(intOr(node, "axis", 1), first.length);
    const parts = node.inputs.map(
      (_, input) => shape(input)[axis] ?? refuse(node, "concatenates along an axis that an input does not have"),
    );
    const known = node.inputs.flatMap((_, input) => {
      const values = contents(input);
      return values === null ? [] : [{ values, shape: shape(input) }];
    });
    const joined = first.with(axis, total(parts));
    return [{ shape: joined, contents: known.length === parts.length && isSmall(joined) ? joinAlong(known, axis) : undefined }];
  },
  differentiate({ node, builder, outputGradient, needsGradient, name, shape }) {
    const axis = frontAxis(intOr(node, "axis", 1), shape(0).length);
    if (node.inputs.length === 1) return [needsGradient(0) ? outputGradient : null];
    const sizes = node.inputs.map((_, input) => shape(input)[axis]);
    if (sizes.every((size) => size === sizes[0])) {
      const parts = node.inputs.map((_, input) => name(`input${input}`));
      builder.node("Split", parts[0] ?? "", [outputGradient], { axis: int(axis), num_outputs: int(parts.length) }, parts.slice(1));
      return parts.map((part, input) => (needsGradient(input) ? part : null));
    }
    let start = 0;
    return node.inputs.map((_, input) => {
      const size = shape(input)[axis];
      if (typeof size !== "number") return refuse(node, "concatenates parts of unknown size: its gradient is not supported");
      const from = start;
      start += size;
      if (!needsGradient(input)) return null;
      const bounds = [from, start, axis].map((value, index) => builder.integers(name(`bound${input}.${index}`), [value]));
      return builder.node("Slice", name(`input${input}`), [outputGradient, ...bounds]);
    });
  },
};

function total(sizes: readonly Dim[]): Dim {
  if (sizes.length === 1) return sizes[0] ?? 0;
  if (sizes.every((size) => typeof size === "number")) return sizes.reduce((sum, size) => sum + size, 0);
  return sizes.every((size) => size === sizes[0]) ? product([sizes.length, sizes[0] ?? 1]) : sizes.join("+");
}
