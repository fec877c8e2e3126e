/**
 * Where a classifier's logits are: what goes into the Softmax over its classes at its end. A network whose answers are a distribution
 * of another making gets their logarithm, whose softmax they are. One that ends in none stops at its logits, or at their LogSoftmax,
 * which has the same softmax.
 */
import { AppError } from "@pareidolia/core/appError";
import type { Graph, GraphNode } from "./graph.ts";
import type { GraphBuilder } from "./graphBuilder.ts";
import { intOr } from "./nodes/attributeValues.ts";
import { refuse } from "./nodes/refuse.ts";
import { ScoreReader } from "./scoreReader.ts";
import { frontAxis } from "./shapes/shape.ts";

/** What squashes each class for itself, so that the outputs are not one distribution over the classes. */
const notADistribution: ReadonlySet<string> = new Set(["Sigmoid", "HardSigmoid"]);
const distributions: ReadonlySet<string> = new Set(["Softmax", "LogSoftmax"]);
/** What makes of a distribution, with constants, what is none: by other numbers, or by other classes. */
const reworking: ReadonlySet<string> = new Set([
  "Add",
  "Sum",
  "Sub",
  "Mul",
  "Div",
  "Pow",
  "Clip",
  "Max",
  "Min",
  "Neg",
  "Reciprocal",
  "Sqrt",
  "Exp",
  "Slice",
  "Gather",
  "Split",
  "Pad",
  "Expand",
  "ReduceSum",
  "ReduceMean",
  "ReduceMax",
  "ReduceMin",
]);
/** What does so of a distribution beside anything else. */
const joining: ReadonlySet<string> = new Set(["Concat", "Where"]);
/** Below it the logarithm of a probability stays where it is: log(0) has no use and no gradient. */
const smallestProbability = 1e-30;

/**
 * Adds to `builder`, which holds `graph`, what the logits lack.
 * @param name of what is added; what that is made of is called the same with a suffix behind a dot.
 * @returns the name of the logits, N x classes in any shape of those.
 * @throws AppError INVALID_INPUT for a graph whose output is no score for each class.
 */
export function addLogits(builder: GraphBuilder, graph: Graph, output: string, name: string): string {
  const reader = new ScoreReader(graph);
  const found = reader.find(output);
  if (found === null) {
    checkEnd(reader, reader.makerOf(output));
    return output;
  }
  return found.logits ?? addLogarithm(builder, output, name);
}

/** Logits of these probabilities: `name`, and what it is made of, called so too with a suffix behind a dot. */
export function addLogarithm(builder: GraphBuilder, probabilities: string, name: string): string {
  const floor = builder.floats(`${name}.floor`, [], Float32Array.of(smallestProbability));
  return builder.node("Log", name, [builder.node("Clip", `${name}.floored`, [probabilities, floor])]);
}

function checkEnd(reader: ScoreReader, node: GraphNode | undefined): void {
  if (node === undefined) return;
  if (notADistribution.has(node.operator))
    throw new AppError(
      "INVALID_INPUT",
      `This network ends in ${node.operator}, one answer a class; it has to end in Softmax or in logits.`,
    );
  if (distributions.has(node.operator)) checkAxis(reader, node);
  checkReworked(reader, node);
}

/** However many such nodes there are behind a distribution, the first of them is named. */
function checkReworked(reader: ScoreReader, end: GraphNode): void {
  const seen = new Set([end]);
  for (const node of seen) {
    const moving = node.inputs.filter((input) => input !== "" && !reader.isStored(input));
    if (!joining.has(node.operator) && !(reworking.has(node.operator) && moving.length === 1)) continue;
    for (const input of moving) {
      if (reader.find(input) !== null)
        refuse(
          node,
          "makes something else of the probabilities that come before it. Export the network again to end in them, or in logits",
        );
      const maker = reader.makerOf(input);
      if (maker !== undefined) seen.add(maker);
    }
  }
}

function checkAxis(reader: ScoreReader, node: GraphNode): void {
  const [input = ""] = node.inputs;
  const axis = intOr(node, "axis", -1);
  if (reader.isAlongClasses(node, input, [axis])) return;
  const dims = reader.shapeOf(node, input);
  const along = frontAxis(axis, dims.length);
  refuse(node, `works along axis ${along} of ${dims.join(" x ")}; it has to work along all classes of an image`);
}
