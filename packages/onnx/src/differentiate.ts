/**
 * Reverse-mode differentiation of a graph by a walk over it: from a forward graph with a scalar output to one graph that also
 * returns that output's gradient with respect to chosen values. Only nodes between the two are differentiated.
 */
import { AppError } from "@pareidolia/core/appError";
import type { Graph, ValueInfo } from "./graph.ts";
import { GraphBuilder } from "./graphBuilder.ts";
import { gradientRules } from "./operators/registry.ts";

/** The name under which the differentiated graph returns the gradient of `value`. */
export function gradientName(value: string): string {
  return `${value}.gradient`;
}

export function differentiate(graph: Graph, options: { of: string; withRespectTo: readonly ValueInfo[] }): Graph {
  const builder = new GraphBuilder(`${graph.name}.differentiated`, graph);
  const active = valuesDependingOn(graph, options.withRespectTo);
  if (!active.has(options.of)) throw new AppError("INVALID_INPUT", `${options.of} depends on none of the given values.`);

  const gradients = new Map<string, string>([[options.of, builder.floats("seedGradient", [], Float32Array.of(1))]]);
  for (const node of graph.nodes.toReversed()) {
    const outputGradient = gradients.get(node.outputs[0] ?? "");
    const wants = (input: number): boolean => active.has(node.inputs[input] ?? "");
    if (outputGradient === undefined || !node.inputs.some((_, index) => wants(index))) continue;
    const rule = gradientRules.get(node.operator);
    if (rule === undefined) throw new AppError("INVALID_INPUT", `The operator ${node.operator} has no gradient rule.`);
    const name = (suffix: string): string => `${node.name}.gradient.${suffix}`;
    for (const [index, gradient] of rule.differentiate({ node, builder, outputGradient, wants, name }).entries()) {
      const input = node.inputs[index] ?? "";
      if (gradient === null) continue;
      const earlier = gradients.get(input);
      gradients.set(input, earlier === undefined ? gradient : builder.node("Add", name(`sum${index}`), [earlier, gradient]));
    }
  }

  for (const value of options.withRespectTo) {
    const gradient = gradients.get(value.name);
    if (gradient === undefined) throw new AppError("INVALID_INPUT", `${options.of} does not depend on ${value.name}.`);
    builder.output({ ...value, name: builder.node("Identity", gradientName(value.name), [gradient]) });
  }
  return builder.build();
}

function valuesDependingOn(graph: Graph, sources: readonly ValueInfo[]): ReadonlySet<string> {
  const active = new Set(sources.map((value) => value.name));
  for (const node of graph.nodes) if (node.inputs.some((input) => active.has(input))) for (const output of node.outputs) active.add(output);
  return active;
}
