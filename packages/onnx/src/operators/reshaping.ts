/** Operators that keep the values and change the shape: the gradient is reshaped to the input's shape. */
import { intOr } from "../nodes/attributeValues.ts";
import { refuse } from "../nodes/refuse.ts";
import { type Dim, frontAxis, product, quotient } from "../shapes/shape.ts";
import type { GradientContext, InferenceContext, Inferred, OperatorRule } from "./operatorRule.ts";

function reshaping(operator: string, infer: (context: InferenceContext) => Inferred): OperatorRule {
  return { operator, infer: (context) => [infer(context)], differentiate };
}

function differentiate({ node, builder, outputGradient, needsGradient, name }: GradientContext): (string | null)[] {
  if (!needsGradient(0)) return [null];
  const shape = builder.node("Shape", name("shape"), [node.inputs[0] ?? ""]);
  return [builder.node("Reshape", name("input"), [outputGradient, shape])];
}

/** The target shape is constant or derived from shapes: 0 keeps a size, -1 takes the remaining values. */
const reshapeRule = reshaping("Reshape", ({ node, shape, contents }) => {
  const from = shape(0);
  const wanted = contents(1) ?? refuse(node, "has a target shape that is not constant");
  const keeps = intOr(node, "allowzero", 0) === 0;
  const target = wanted.map((size, axis): Dim => (size === 0 && keeps ? (from[axis] ?? 0) : size));
  const [total, named] = [product(from), product(target.filter((size) => size !== -1))];
  // An empty tensor fits any other empty shape.
  const rest = total === 0 && named === 0 && !target.includes(-1) ? 1 : quotient(total, named);
  if (rest === null || (rest !== 1 && !target.includes(-1)))
    refuse(node, `cannot give ${from.join(" x ")} values the shape ${wanted.join(" x ")}`);
  return { shape: target.map((size) => (size === -1 ? (rest ?? 1) : size)), contents: contents(0) ?? undefined };
});

/** To a matrix: the axes before `axis` become its rows. */
const flattenRule = reshaping("Flatten", ({ node, shape, contents }) => {
  const axis = frontAxis(intOr(node, "axis", 1), shape(0).length);
  return { shape: [product(shape(0).slice(0, axis)), product(shape(0).slice(axis))], contents: contents(0) ?? undefined };
});

const squeezeRule = reshaping("Squeeze", ({ shape, contents }) => {
  const from = shape(0);
  const axes = contents(1)?.map((axis) => frontAxis(Number(axis), from.length));
  const kept = from.filter((size, axis) => (axes === undefined ? size !== 1 : !axes.includes(axis)));
  return { shape: kept, contents: contents(0) ?? undefined };
});

const unsqueezeRule = reshaping("Unsqueeze", ({ node, shape, contents }) => {
  const axes = contents(1) ?? refuse(node, "has axes that are not constant");
  const rank = shape(0).length + axes.length;
  const added = axes.map((axis) => frontAxis(Number(axis), rank));
  const rest = [...shape(0)];
  const result = Array.from({ length: rank }, (_, axis): Dim => (added.includes(axis) ? 1 : (rest.shift() ?? 1)));
  return { shape: result, contents: contents(0) ?? undefined };
});

export const reshapingRules: readonly OperatorRule[] = [reshapeRule, flattenRule, squeezeRule, unsqueezeRule];
