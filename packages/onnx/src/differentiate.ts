/**
 * Reverse-mode differentiation of a graph by a walk over it: the gradient of one value flows back to chosen others through each
 * operator's own rule. Only nodes between them are differentiated. The graph is in the canonical form that `normalise` gives.
 */
import { AppError } from "@pareidolia/core/appError";
import type { Graph, GraphNode, ValueInfo } from "./graph.ts";
import { GraphBuilder } from "./graphBuilder.ts";
import { refuse } from "./nodes/refuse.ts";
import type { ElementType } from "./operators/operatorRule.ts";
import { operatorRules } from "./operators/registry.ts";
import type { Shape } from "./shapes/shape.ts";
import { ShapeTable } from "./shapes/shapeTable.ts";

/**
 * What gradients may store beside a network. Convolutions keep their weights once more, turned round, and for far strides a few times;
 * what resizes or spreads an axis keeps a matrix of it.
 */
const mostStored = { bytes: 64 * 2 ** 20, timesOwn: 4 } as const;

/** The name under which the differentiated graph returns the gradient of `value`. */
export function gradientName(value: string): string {
  return `${value}.gradient`;
}

/** From a graph with the scalar output `of` to one that also returns its gradient with respect to each of the given values. */
export function differentiate(graph: Graph, options: { of: string; withRespectTo: readonly ValueInfo[] }): Graph {
  const builder = new GraphBuilder(`${graph.name}.differentiated`, graph);
  const seed = builder.floats("seedGradient", [], Float32Array.of(1));
  const gradients = addGradients(builder, graph, { of: options.of, seed, withRespectTo: options.withRespectTo.map((value) => value.name) });
  for (const value of options.withRespectTo)
    builder.output({ ...value, name: builder.node("Identity", gradientName(value.name), [gradients.get(value.name) ?? ""]) });
  return builder.build();
}

/**
 * Adds to `builder`, which holds `graph`, the nodes that carry `seed`, a gradient with respect to `of`, back to the given values.
 * Nodes in `passed` hand it on as it is.
 * @returns the name of each one's gradient.
 * @throws AppError INVALID_INPUT naming the node whose operator, or form of it, has no gradient, or one that stores too much.
 */
export function addGradients(
  builder: GraphBuilder,
  graph: Graph,
  options: { of: string; seed: string; withRespectTo: readonly string[]; passed?: ReadonlySet<GraphNode> },
): ReadonlyMap<string, string> {
  const active = valuesDependingOn(graph, options.withRespectTo);
  if (!active.has(options.of))
    throw new AppError("INVALID_INPUT", `${options.of} does not change smoothly with any of the given values: it has no gradient.`);
  const shapes = new ShapeTable(graph);
  for (const node of graph.nodes) shapes.learn(node);

  const own = builder.storedBytes;
  const allowance = mostStored.bytes + mostStored.timesOwn * own;
  const gradients = new Map<string, string>([[options.of, options.seed]]);
  const described = new Set([options.seed]);
  const describe = (name: string, dims: Shape): void => {
    if (described.has(name)) return;
    described.add(name);
    builder.describe({ name, type: "float32", dims });
  };
  for (const [position, node] of [...graph.nodes.entries()].toReversed()) {
    const outputGradients = node.outputs.map((output) => gradients.get(output) ?? null);
    const outputGradient = outputGradients.find((gradient) => gradient !== null);
    const wants = (input: number): boolean => active.has(node.inputs[input] ?? "");
    if (outputGradient === undefined || outputGradient === null || !node.inputs.some((_, index) => wants(index))) continue;
    const rule = operatorRules.get(node.operator);
    if (rule?.differentiate === undefined)
      return refuse(node, `cannot be differentiated: the operator ${node.operator} has no gradient rule`);
    const label = node.name || `${node.operator}${position}`;
    const name = (suffix: string): string => `${label}.gradient.${suffix}`;
    const outputShape = (output: number) => shapes.shapeOf(node, node.outputs[output] ?? "");
    const context = { ...shapes.of(node), builder, outputGradient, outputGradients, outputShape, wants, name };
    const inputGradients = options.passed?.has(node) ? [outputGradient] : rule.differentiate(context);
    if (builder.storedBytes - own > allowance)
      return refuse(node, `brings what the network's gradient has to store to more than ${Math.round(allowance / 2 ** 20)} MB`);
    for (const [index, gradient] of inputGradients.entries()) {
      const input = node.inputs[index] ?? "";
      if (gradient === null) continue;
      const earlier = gradients.get(input);
      const total = earlier === undefined ? gradient : builder.node("Add", name(`total${index}`), [earlier, gradient]);
      gradients.set(input, total);
      // Reshapes and products hide the size of the batch, and an engine keeps its own layout only between values of known shape.
      for (const value of new Set([gradient, total])) describe(value, context.shape(index));
    }
  }
  for (const value of options.withRespectTo)
    if (!gradients.has(value)) throw new AppError("INVALID_INPUT", `${options.of} does not depend on ${value}.`);
  return gradients;
}

/** The values that change smoothly with the sources: a path ends at integers and booleans. */
function valuesDependingOn(graph: Graph, sources: readonly string[]): ReadonlySet<string> {
  const active = new Set(sources);
  for (const node of graph.nodes) {
    if (!node.inputs.some((input) => active.has(input))) continue;
    const outputType = operatorRules.get(node.operator)?.outputType;
    // Every active value is a float.
    const type = (): ElementType => "float32";
    for (const [index, output] of node.outputs.entries())
      if (outputType === undefined || outputType({ node, type }, index) === "float32") active.add(output);
  }
  return active;
}
