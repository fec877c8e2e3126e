/** What a network will take for one image, from the shapes alone: a few hundred bytes can ask for terabytes or for hours. */
import type { Graph, GraphNode } from "@pareidolia/onnx/graph";
import { operatorRules } from "@pareidolia/onnx/operators/registry";
import type { Shape } from "@pareidolia/onnx/shapes/shape";
import { ShapeTable } from "@pareidolia/onnx/shapes/shapeTable";
import { Refusal } from "./refusal.ts";

export interface Cost {
  readonly multiplications: number;
  /** Of all values together, at four bytes a number. */
  readonly activationBytes: number;
}

const bytesPerNumber = 4;
/** ResNet-152 has 1.1e10 multiplications an image, VGG-19 2e10. */
const mostMultiplications = 5e10;
const largestValue = 64 * 2 ** 20;
const mostActivations = 256 * 2 ** 20;

/** @throws Refusal naming the node that takes too much. */
export function estimateCost(graph: Graph): Cost {
  const table = new ShapeTable(graph);
  let multiplications = 0;
  let activationBytes = 0;
  for (const node of graph.nodes) {
    table.learn(node);
    for (const output of node.outputs) {
      if (output === "") continue;
      const shape = table.findShape(output);
      if (shape === null)
        throw new Refusal(
          "UNSUPPORTED",
          `How large the result of node "${node.name}" (${node.operator}) is cannot be told before it runs.`,
        );
      const bytes = sizeOf(shape) * bytesPerNumber;
      activationBytes += bytes;
      if (bytes > largestValue || activationBytes > mostActivations)
        throw tooLarge(node, shape, bytes > largestValue ? bytes : activationBytes);
    }
    multiplications +=
      sizeOf(table.findShape(node.outputs[0] ?? "") ?? []) * sizeOf(operatorRules.get(node.operator)?.terms?.(table.of(node)) ?? []);
    if (multiplications > mostMultiplications)
      throw new Refusal("TOO_SLOW", `This network takes more than ${mostMultiplications} multiplications an image (node "${node.name}").`);
  }
  return { multiplications, activationBytes };
}

/** A size of the batch's is "batch" or "16*batch", and the batch is one. */
function sizeOf(shape: Shape): number {
  return shape.reduce<number>((product, dim) => product * Math.max(1, typeof dim === "number" ? dim : Number.parseInt(dim, 10) || 1), 1);
}

function tooLarge(node: GraphNode, shape: Shape, bytes: number): Refusal {
  const megabytes = Math.round(bytes / 2 ** 20);
  return new Refusal(
    "TOO_LARGE",
    `Node "${node.name}" (${node.operator}, ${shape.join(" x ")}) brings this network to ${megabytes} MB an image.`,
  );
}
