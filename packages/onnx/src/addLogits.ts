/**
 * Finds a classifier's logits: the input of the final Softmax over its classes, however that Softmax is written. Other probability
 * outputs are replaced by their logarithm, whose softmax gives them back. A network that ends in logits or in LogSoftmax keeps its
 * output, because both have the same softmax.
 */
import { AppError } from "@pareidolia/core/appError";
import type { Graph, GraphNode } from "./graph.ts";
import type { GraphBuilder } from "./graphBuilder.ts";
import { intOr } from "./nodes/attributeValues.ts";
import { refuse } from "./nodes/refuse.ts";
import { ScoreReader } from "./scoreReader.ts";
import { frontAxis } from "./shapes/shape.ts";

/** Squash each class independently, so the outputs are not one distribution over the classes. */
const notADistribution: ReadonlySet<string> = new Set(["Sigmoid", "HardSigmoid"]);
const distributions: ReadonlySet<string> = new Set(["Softmax", "LogSoftmax"]);
/** Turn a distribution into something else when the other operands are constants: they change the values or the set of classes. */
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
/** Turn a distribution into something else whatever the other operands are. */
const joining: ReadonlySet<string> = new Set(["Concat", "Where"]);
/** Probabilities are clipped to this before the logarithm: log(0) is -Infinity and has no gradient. */
const smallestProbability = 1e-30;

/**
 * Finds the logits of `graph` and adds the nodes they need to `builder`, which already holds the graph.
 * @param name of the added value; intermediate values get this name plus a dotted suffix.
 * @returns the name of the logits: N x classes, possibly with extra axes of size 1.
 * @throws AppError INVALID_INPUT if the output is not one score per class.
 */
export function addLogits(builder: GraphBuilder, graph: Graph, output: string, name: string): string {
  const reader = new ScoreReader(graph);
  const found = reader.find(output);
  if (found === null) {
    checkEnd(reader, reader.producerOf(output));
    return output;
  }
  return found.logits ?? addLogarithm(builder, output, name);
}

/** Adds the logarithm of `probabilities` as `name`; intermediate values are `name` plus a dotted suffix. */
export function addLogarithm(builder: GraphBuilder, probabilities: string, name: string): string {
  const floor = builder.floats(`${name}.floor`, [], Float32Array.of(smallestProbability));
  return builder.node("Log", name, [builder.node("Clip", `${name}.floored`, [probabilities, floor])]);
}

function checkEnd(reader: ScoreReader, node: GraphNode | undefined): void {
  if (node === undefined) return;
  if (notADistribution.has(node.operator))
    throw new AppError(
      "INVALID_INPUT",
      `This network ends in ${node.operator}, which scores each class separately; it must end in Softmax or in logits.`,
    );
  if (distributions.has(node.operator)) checkAxis(reader, node);
  checkReworked(reader, node);
}

/** Refuses the first node between a distribution and the output that turns it into something else. */
function checkReworked(reader: ScoreReader, end: GraphNode): void {
  const seen = new Set([end]);
  for (const node of seen) {
    const varying = node.inputs.filter((input) => input !== "" && !reader.isStored(input));
    if (!joining.has(node.operator) && !(reworking.has(node.operator) && varying.length === 1)) continue;
    for (const input of varying) {
      if (reader.find(input) !== null)
        refuse(node, "changes the probabilities before it. Export the network so that it ends in the probabilities or in logits");
      const maker = reader.producerOf(input);
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
  refuse(node, `works along axis ${along} of ${dims.join(" x ")}; it must work along the classes of one image`);
}
