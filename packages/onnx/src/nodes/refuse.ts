/** Throws the error for an unsupported node, naming its operator and its name. */
import { AppError } from "@pareidolia/core/appError";
import type { GraphNode } from "../graph.ts";

export function refuse(node: GraphNode, problem: string): never {
  throw new AppError("INVALID_INPUT", `The network's ${describeNode(node)} ${problem}.`);
}

/** Operator and name of a node; an unnamed node takes the name of its first output. */
export function describeNode({ operator, name, outputs }: GraphNode): string {
  return `${operator} node "${name || (outputs[0] ?? "")}"`;
}
