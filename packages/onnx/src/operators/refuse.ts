/** The error for a form of an operator that the platform does not support: it names the operator and the node. */
import { AppError } from "@pareidolia/core/appError";
import type { GraphNode } from "../graph.ts";

export function refuse(node: GraphNode, problem: string): never {
  throw new AppError("INVALID_INPUT", `The network's ${node.operator} node "${node.name || (node.outputs[0] ?? "")}" ${problem}.`);
}
