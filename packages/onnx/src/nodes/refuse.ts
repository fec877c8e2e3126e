/** The error for a form of an operator that the platform does not support: it names the operator and the node. */
import { AppError } from "@pareidolia/core/appError";
import type { GraphNode } from "../graph.ts";

export function refuse(node: GraphNode, problem: string): never {
  throw new AppError("INVALID_INPUT", `The network's ${titleOf(node)} ${problem}.`);
}

/** Its operator, and its name; where it has none, that of what it makes. */
export function titleOf({ operator, name, outputs }: GraphNode): string {
  return `${operator} node "${name || (outputs[0] ?? "")}"`;
}
