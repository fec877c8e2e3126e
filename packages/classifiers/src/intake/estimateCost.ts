/** What a network will take for one image, from the shapes alone: a few hundred bytes can ask for terabytes or for hours. */
import type { Graph, GraphNode, ValueInfo } from "@pareidolia/onnx/graph";
import { operatorRules } from "@pareidolia/onnx/operators/registry";
import type { Shape } from "@pareidolia/onnx/shapes/shape";
import { ShapeTable } from "@pareidolia/onnx/shapes/shapeTable";
import { Refusal } from "./refusal.ts";

export interface Cost {
  readonly multiplications: number;
  /** Of all values together, at four bytes a number. */
  readonly activationBytes: number;
}

interface Limits {
  readonly multiplications: number;
  /** Of one value. */
  readonly valueBytes: number;
  /** Of all values. */
  readonly activationBytes: number;
}

const bytesPerNumber = 4;
/** ResNet-152 has 1.1e10 multiplications an image, VGG-19 2e10. */
const forwards: Limits = { multiplications: 5e10, valueBytes: 64 * 2 ** 20, activationBytes: 256 * 2 ** 20 };
/** Forwards and back, as many times what the network alone may take; of MobileNetV2 it was seen to be 2.3, and 5 of all values. */
const timesForwards: Limits = { multiplications: 4, valueBytes: 4, activationBytes: 8 };

/** @throws Refusal naming the node that takes too much. */
export function estimateCost(graph: Graph): Cost {
  return measure(graph, { limits: forwards, activationBytes: 0, what: "network" });
}

/**
 * Of `gradient`, the graph that computes a network and its input gradient, with what it stores beside the network itself.
 * @throws Refusal naming the node that takes too much.
 */
export function estimateGradientCost(gradient: Graph, network: Graph): Cost {
  const own = storedBytes(network);
  const limits: Limits = {
    multiplications: timesForwards.multiplications * forwards.multiplications,
    valueBytes: timesForwards.valueBytes * forwards.valueBytes,
    // Convolutions keep their weights once more, turned round.
    activationBytes: timesForwards.activationBytes * forwards.activationBytes + own,
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
        `This ${what} takes more than ${limits.multiplications} multiplications an image (node "${node.name}").`,
      );
  }
  return { multiplications, activationBytes };
}

/** The few operators that only gradients are made of (Sign, DepthToSpace, ScatterElements) give as many numbers as they read first. */
function sameSize(table: ShapeTable, node: GraphNode): Shape {
  const shape = operatorRules.has(node.operator) ? null : table.findShape(node.inputs[0] ?? "");
  if (shape !== null) return shape;
  throw new Refusal("UNSUPPORTED", `How large the result of node "${node.name}" (${node.operator}) is cannot be told before it runs.`);
}

function storedBytes({ initializers }: Graph): number {
  return initializers.reduce((total, { data }) => total + data.byteLength, 0);
}

/** A size of the batch's is "batch" or "16*batch", and the batch is one. */
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
    `Node "${node.name}" (${node.operator}, ${shape.join(" x ")}) brings this ${what} to ${megabytes} MB an image.`,
  );
}
