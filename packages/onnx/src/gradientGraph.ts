/**
 * Builds a classifier's graph with its input gradient: from `pixels` and `weights` (N x classes) to `gradient` (the shape of the
 * pixels), `logits` and `probabilities`. The gradient is that of sum(weights x output), with separate weights for each image. A network
 * not prepared by `withPreprocessing` may end in a distribution over its classes, in LogSoftmax or in logits: `addLogits` finds or adds
 * the logits, and a softmax is added here.
 */
import { AppError } from "@pareidolia/core/appError";
import type { GradientOutput } from "@pareidolia/core/differentiableClassifier";
import { addLogits } from "./addLogits.ts";
import { addGradients } from "./differentiate.ts";
import { freeNames } from "./freeNames.ts";
import { gateAfterPooling } from "./gateAfterPooling.ts";
import type { Graph } from "./graph.ts";
import { GraphBuilder, int } from "./graphBuilder.ts";
import { normalise } from "./normalise.ts";
import { renameValues } from "./renameValues.ts";
import { withoutUnused } from "./withoutUnused.ts";

/** Input and output names of every gradient graph. */
export const gradientGraphNames = {
  pixels: "pixels",
  weights: "weights",
  gradient: "gradient",
  logits: "logits",
  probabilities: "probabilities",
} as const;

const { pixels, weights, gradient, logits, probabilities } = gradientGraphNames;
/** Names of intermediate values; further ones add a dotted suffix. */
const [seed, own] = ["seed", "own"] as const;

/** @throws AppError INVALID_INPUT naming the node that cannot be differentiated, or why the graph is not a classifier. */
export function inputGradientGraph(graph: Graph, of: GradientOutput): Graph {
  const { graph: scored, passThrough } = gateAfterPooling(withScores(normalise(graph)));
  const [input] = scored.inputs;
  const scores = scored.outputs.find((output) => output.name === logits);
  if (input === undefined || scores === undefined) throw new AppError("INTERNAL", "The graph lost its input or its logits.");
  const builder = new GraphBuilder(`${graph.name}.gradient`, scored);
  builder.input({ name: weights, type: "float32", dims: scores.dims });
  const gradients = addGradients(builder, scored, { ...seedOf(builder, of), withRespectTo: [input.name], passThrough });
  builder.output({ ...input, name: builder.node("Identity", gradient, [gradients.get(input.name) ?? ""]) });
  return withoutUnused(builder.build());
}

/**
 * Seeds the gradient with the weights. Probabilities are the softmax of the logits (also with ten crops, whose logits are the log of the
 * mean probability), so d(sum w log p)/d logit = w - p sum(w).
 */
function seedOf(builder: GraphBuilder, of: GradientOutput): { of: string; seed: string } {
  if (of === "logits") return { of: logits, seed: weights };
  if (of === "probabilities") return { of: probabilities, seed: weights };
  const axis = builder.integers(`${seed}.axis`, [1]);
  const total = builder.node("ReduceSum", `${seed}.total`, [weights, axis], { keepdims: int(1) });
  const share = builder.node("Mul", `${seed}.share`, [probabilities, total]);
  return { of: logits, seed: builder.node("Sub", seed, [weights, share]) };
}

/** The graph with the input `pixels` and the outputs `logits` and `probabilities`, N x classes each. */
function withScores(graph: Graph): Graph {
  const [input, ...others] = graph.inputs;
  if (input === undefined || others.length > 0)
    throw new AppError("INVALID_INPUT", `A classifier has one input; this network has ${graph.inputs.length}.`);
  const declared = new Set(graph.outputs.map((output) => output.name));
  const isPrepared = declared.has(logits) && declared.has(probabilities);
  const renamed = renameValues(graph, newNames(graph, isPrepared));
  if (isPrepared) return renamed;

  const [output, ...more] = renamed.outputs;
  if (output === undefined || more.length > 0)
    throw new AppError("INVALID_INPUT", `A classifier has one output; this network has ${graph.outputs.length}.`);
  const builder = new GraphBuilder(graph.name, { ...renamed, outputs: [] });
  const classes = output.dims.slice(1).reduce<number>((product, size) => product * (typeof size === "number" ? size : Number.NaN), 1);
  if (Number.isNaN(classes))
    throw new AppError("INVALID_INPUT", `This network does not fix its number of classes (${output.dims.join(" x ")}).`);
  builder.node("Flatten", logits, [addLogits(builder, renamed, output.name, own)], { axis: int(1) });
  builder.node("Softmax", probabilities, [logits], { axis: int(1) });
  for (const name of [logits, probabilities]) builder.output({ name, type: "float32", dims: [output.dims[0] ?? "batch", classes] });
  return builder.build();
}

/** Renames the input to `pixels`, and every other value whose name is needed here. */
function newNames(graph: Graph, isPrepared: boolean): ReadonlyMap<string, string> {
  const reserved: readonly string[] = [pixels, weights, gradient, seed, own, ...(isPrepared ? [] : [logits, probabilities])];
  const names = freeNames(graph, (name) => reserved.includes(name) || [seed, own].some((start) => name.startsWith(`${start}.`)));
  const [input] = graph.inputs;
  if (input !== undefined) names.set(input.name, pixels);
  return names;
}
