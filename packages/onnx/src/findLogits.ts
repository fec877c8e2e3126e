/**
 * Where a classifier's logits are: what goes into the Softmax over its classes at its end, found through operators that leave the
 * values as they are. A network that ends in none stops at its logits, or at their LogSoftmax, which has the same Softmax.
 */
import { AppError } from "@pareidolia/core/appError";
import type { Graph, GraphNode } from "./graph.ts";
import { intOr } from "./operators/attributeValues.ts";
import { refuse } from "./operators/refuse.ts";
import { frontAxis } from "./shapes/shape.ts";
import { ShapeTable } from "./shapes/shapeTable.ts";

/** Operators whose output holds a row of scores as their first input does, in the same order (Transpose: of N x classes x 1 x 1). */
const transparent: ReadonlySet<string> = new Set([
  "Identity",
  "Reshape",
  "Flatten",
  "Squeeze",
  "Unsqueeze",
  "Transpose",
  "Dropout",
  "Cast",
]);
/** What squashes each class for itself, so that the outputs are not one distribution over the classes. */
const notADistribution: ReadonlySet<string> = new Set(["Sigmoid", "HardSigmoid"]);
const distributions: ReadonlySet<string> = new Set(["Softmax", "LogSoftmax"]);

/** @throws AppError INVALID_INPUT for a graph whose output is no score for each class. */
export function findLogits(graph: Graph, output: string): string {
  const makers = new Map<string, GraphNode>();
  for (const node of graph.nodes) for (const made of node.outputs) makers.set(made, node);
  let maker = makers.get(output);
  while (maker !== undefined && transparent.has(maker.operator)) maker = makers.get(maker.inputs[0] ?? "");
  if (maker !== undefined && notADistribution.has(maker.operator))
    throw new AppError(
      "INVALID_INPUT",
      `This network ends in ${maker.operator}, one answer a class; it has to end in Softmax or in logits.`,
    );
  if (maker !== undefined && distributions.has(maker.operator)) checkAxis(graph, maker);
  return maker?.operator === "Softmax" ? (maker.inputs[0] ?? "") : output;
}

/** One distribution an image: along the only axis behind the batch that has more than one value. */
function checkAxis(graph: Graph, node: GraphNode): void {
  const shapes = new ShapeTable(graph);
  for (const each of graph.nodes) shapes.learn(each);
  const dims = shapes.shapeOf(node, node.inputs[0] ?? "");
  const along = frontAxis(intOr(node, "axis", -1), dims.length);
  const [batch] = shapes.findShape(graph.inputs[0]?.name ?? "") ?? [];
  if (along > 0 && dims[0] === batch && dims.every((size, axis) => axis === 0 || axis === along || size === 1)) return;
  refuse(node, `works along axis ${along} of ${dims.join(" x ")}; it has to work along all classes of an image`);
}
