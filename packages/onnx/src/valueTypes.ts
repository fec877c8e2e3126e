/** Infers the element type of every value in a graph from the operators' rules. */
import type { Graph } from "./graph.ts";
import type { ElementType, TypeContext } from "./operators/operatorRule.ts";
import { operatorRules } from "./operators/registry.ts";

export function valueTypes(graph: Graph): ReadonlyMap<string, ElementType> {
  const types = new Map<string, ElementType>();
  for (const { name, type } of [...graph.inputs, ...graph.initializers]) types.set(name, type);
  for (const node of graph.nodes) {
    const context = { node, type: (input: number) => types.get(node.inputs[input] ?? "") ?? null };
    for (const [output, name] of node.outputs.entries()) {
      const type = typeOfOutput(context, output);
      if (type !== null) types.set(name, type);
    }
  }
  return types;
}

export function typeOfOutput(context: TypeContext, output: number): ElementType | null {
  const rule = operatorRules.get(context.node.operator);
  return rule?.outputType === undefined ? context.type(0) : rule.outputType(context, output);
}
