/**
 * Reverse-mode differentiation of a graph: walks the nodes backwards and applies each operator's gradient rule. Only nodes between the
 * output and the requested values are differentiated. The graph must be in the canonical form of `normalise`.
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
 * Limit on the tensors that gradients add to a network: flipped copies of convolution weights (several for large strides), and the
 * matrices that resize or spread an axis.
 */
const maxStored = { bytes: 64 * 2 ** 20, timesOwn: 4 } as const;

/** Name of the output with the gradient of `value`. */
export function gradientName(value: string): string {
  return `${value}.gradient`;
}

/** Extends a graph with the gradient of its scalar output `of` with respect to each given value. */
export function differentiate(graph: Graph, options: { of: string; withRespectTo: readonly ValueInfo[] }): Graph {
  const builder = new GraphBuilder(`${graph.name}.differentiated`, graph);
  const seed = builder.floats("seedGradient", [], Float32Array.of(1));
  const gradients = addGradients(builder, graph, { of: options.of, seed, withRespectTo: options.withRespectTo.map((value) => value.name) });
  for (const value of options.withRespectTo)
    builder.output({ ...value, name: builder.node("Identity", gradientName(value.name), [gradients.get(value.name) ?? ""]) });
  return builder.build();
}

/**
 * Adds the nodes that propagate `seed`, the gradient with respect to `of`, back to the given values. `builder` already holds `graph`.
 * Nodes in `passThrough` return the gradient of their output unchanged.
 * @returns the name of each value's gradient.
 * @throws AppError INVALID_INPUT naming a node that has no gradient, or whose gradient stores too much.
 */
export function addGradients(
  builder: GraphBuilder,
  graph: Graph,
  options: { of: string; seed: string; withRespectTo: readonly string[]; passThrough?: ReadonlySet<GraphNode> },
): ReadonlyMap<string, string> {
  const active = valuesDependingOn(graph, options.withRespectTo);
  if (!active.has(options.of))
    throw new AppError("INVALID_INPUT", `${options.of} does not depend smoothly on any of the given values, so it has no gradient.`);
  const shapes = new ShapeTable(graph);
  for (const node of graph.nodes) shapes.addNode(node);

  const own = builder.storedBytes;
  const allowance = maxStored.bytes + maxStored.timesOwn * own;
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
    const needsGradient = (input: number): boolean => active.has(node.inputs[input] ?? "");
    if (outputGradient === undefined || outputGradient === null || !node.inputs.some((_, index) => needsGradient(index))) continue;
    const rule = operatorRules.get(node.operator);
    if (rule?.differentiate === undefined)
      return refuse(node, `cannot be differentiated: the operator ${node.operator} has no gradient rule`);
    const label = node.name || `${node.operator}${position}`;
    const name = (suffix: string): string => `${label}.gradient.${suffix}`;
    const outputShape = (output: number) => shapes.shapeOf(node, node.outputs[output] ?? "");
    const context = { ...shapes.contextOf(node), builder, outputGradient, outputGradients, outputShape, needsGradient, name };
    const inputGradients = options.passThrough?.has(node) ? [outputGradient] : rule.differentiate(context);
    if (builder.storedBytes - own > allowance)
      return refuse(node, `makes the network's gradient store more than ${Math.round(allowance / 2 ** 20)} MB`);
    for (const [index, gradient] of inputGradients.entries()) {
      const input = node.inputs[index] ?? "";
      if (gradient === null) continue;
      const earlier = gradients.get(input);
      const total = earlier === undefined ? gradient : builder.node("Add", name(`total${index}`), [earlier, gradient]);
      gradients.set(input, total);
      // Reshapes and products hide the batch size, and an engine keeps its internal layout only between values of known shape.
      for (const value of new Set([gradient, total])) describe(value, context.shape(index));
    }
  }
  for (const value of options.withRespectTo)
    if (!gradients.has(value)) throw new AppError("INVALID_INPUT", `${options.of} does not depend on ${value}.`);
  return gradients;
}

/** Values that depend smoothly on the sources. Integers and booleans end a path. */
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
