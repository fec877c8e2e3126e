/** Estimates the cost of a network for one image from shapes alone: a file of a few hundred bytes can request terabytes or hours. */
import type { Graph, GraphNode, ValueInfo } from "@pareidolia/onnx/graph";
import { operatorRules } from "@pareidolia/onnx/operators/registry";
import type { Shape } from "@pareidolia/onnx/shapes/shape";
import { ShapeTable } from "@pareidolia/onnx/shapes/shapeTable";
import { Refusal } from "./refusal.ts";

export interface Cost {
  readonly multiplications: number;
  /** All values together, at four bytes each. */
  readonly activationBytes: number;
}

interface Limits {
  readonly multiplications: number;
  /** Limit for one value. */
  readonly valueBytes: number;
  /** Limit for all values together. */
  readonly activationBytes: number;
}

const bytesPerNumber = 4;
/** ResNet-152 has 1.1e10 multiplications per image, VGG-19 2e10. */
const forwardLimits: Limits = { multiplications: 5e10, valueBytes: 64 * 2 ** 20, activationBytes: 256 * 2 ** 20 };
/** Forward and backward pass, relative to the forward limits. MobileNetV2 measured 2.3 times the multiplications and 5 times the values. */
const gradientFactors: Limits = { multiplications: 4, valueBytes: 4, activationBytes: 8 };

/** @throws Refusal naming the node that exceeds a limit. */
export function estimateCost(graph: Graph): Cost {
  return measure(graph, { limits: forwardLimits, activationBytes: 0, what: "network" });
}

/**
 * The cost of `gradient`, the graph that computes a network and its input gradient, including the tensors it stores besides the
 * network's own.
 * @throws Refusal naming the node that exceeds a limit.
 */
export function estimateGradientCost(gradient: Graph, network: Graph): Cost {
  const own = storedBytes(network);
  const limits: Limits = {
    multiplications: gradientFactors.multiplications * forwardLimits.multiplications,
    valueBytes: gradientFactors.valueBytes * forwardLimits.valueBytes,
    // Convolutions also store flipped weights.
    activationBytes: gradientFactors.activationBytes * forwardLimits.activationBytes + own,
  };
  return measure(gradient, { limits, activationBytes: Math.max(0, storedBytes(gradient) - own), what: "network's gradient" });
}

function measure(graph: Graph, from: { limits: Limits; activationBytes: number; what: string }): Cost {
  const { limits, what } = from;
  const table = new ShapeTable(ofOneImage(graph));
  let multiplications = 0;
  let { activationBytes } = from;
  for (const node of graph.nodes) {
    table.addNode(node);
    for (const output of node.outputs) {
      if (output === "") continue;
      const shape = table.findShape(output) ?? sameSize(table, node);
      const bytes = sizeOf(shape) * bytesPerNumber;
      activationBytes += bytes;
      if (bytes > limits.valueBytes || activationBytes > limits.activationBytes)
        throw tooLarge(node, shape, { bytes: bytes > limits.valueBytes ? bytes : activationBytes, what });
    }
    multiplications +=
      sizeOf(table.findShape(node.outputs[0] ?? "") ?? []) * sizeOf(operatorRules.get(node.operator)?.terms?.(table.contextOf(node)) ?? []);
    if (multiplications > limits.multiplications)
      throw new Refusal(
        "TOO_SLOW",
        `This ${what} needs more than ${limits.multiplications} multiplications per image (node "${node.name}").`,
      );
  }
  return { multiplications, activationBytes };
}

/** Operators that only gradients use (Sign, DepthToSpace, ScatterElements) return as many numbers as their first input has. */
function sameSize(table: ShapeTable, node: GraphNode): Shape {
  const shape = operatorRules.has(node.operator) ? null : table.findShape(node.inputs[0] ?? "");
  if (shape !== null) return shape;
  throw new Refusal("UNSUPPORTED", `The result size of node "${node.name}" (${node.operator}) is unknown before it runs.`);
}

function storedBytes({ initializers }: Graph): number {
  return initializers.reduce((total, { data }) => total + data.byteLength, 0);
}

/** Replaces the batch by 1 in sizes such as "batch" or "16*batch". */
function ofOneImage({ inputs, initializers, values = [] }: Graph): Pick<Graph, "inputs" | "initializers" | "values"> {
  const bound = (infos: readonly ValueInfo[]): readonly ValueInfo[] =>
    infos.map((info) => ({ ...info, dims: info.dims.map((dim) => (typeof dim === "number" ? dim : Number.parseInt(dim, 10) || 1)) }));
  return { inputs: bound(inputs), initializers, values: bound(values) };
}

function sizeOf(shape: Shape): number {
  return shape.reduce<number>((product, dim) => product * Math.max(1, Number(dim) || 1), 1);
}

function tooLarge(node: GraphNode, shape: Shape, { bytes, what }: { bytes: number; what: string }): Refusal {
  const megabytes = Math.round(bytes / 2 ** 20);
  return new Refusal(
    "TOO_LARGE",
    `Node "${node.name}" (${node.operator}, ${shape.join(" x ")}) brings this ${what} to ${megabytes} MB per image.`,
  );
}
