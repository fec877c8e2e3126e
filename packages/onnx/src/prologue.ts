/**
 * Adds a model's pre-processing and framing to its graph, so that every engine and the gradient see the same network: from `pixels` (N x
 * channels x height x width, RGB, 0 to 255) to `probabilities` and `logits` (N x classes each). The ten crops are those of the paper's
 * released code (fit_deep_learning.hpp): four corners and the centre, each also mirrored; the result is the mean of the ten softmaxes.
 * Only operators with simple gradients are added: Sub, Mul, Conv 1x1, MatMul, Slice (steps of 1), Concat, Transpose, Flatten, Softmax,
 * Reshape, ReduceMean, Clip, Log.
 */
import { AppError } from "@pareidolia/core/appError";
import { cropsOf, framedShape } from "@pareidolia/core/crops";
import { checkPreprocessing, type Framing, type Preprocessing } from "@pareidolia/core/preprocessing";
import { addLogarithm, addLogits } from "./addLogits.ts";
import { freeNames } from "./freeNames.ts";
import type { Graph } from "./graph.ts";
import { GraphBuilder, int, ints } from "./graphBuilder.ts";
import { inputSizes } from "./inputLayout.ts";
import { renameValues } from "./renameValues.ts";
import { ShapeTable } from "./shapes/shapeTable.ts";
import { withoutUnused } from "./withoutUnused.ts";

/** Input and output names of every prepared graph. */
export const preparedInput = "pixels";
export const preparedOutputs = { probabilities: "probabilities", logits: "logits" } as const;

const cropCount = 10;

/** @throws AppError INVALID_INPUT if the pre-processing or framing does not fit this network. */
export function withPreprocessing(graph: Graph, preprocessing: Preprocessing, framing: Framing): Graph {
  checkPreprocessing(preprocessing);
  const network = findInputAndOutput(graph, preprocessing);
  const { width, height, channels } = framedShape(framing, preprocessing);
  checkFraming(framing, preprocessing);

  const prologue = new GraphBuilder("prologue");
  const pixels = prologue.input({ name: preparedInput, type: "float32", dims: ["batch", channels, height, width] });
  const framed = addFraming(prologue, pixels, framing, preprocessing);
  const normalised = addNormalisation(prologue, framed, preprocessing);
  const fed =
    preprocessing.layout === "NCHW" ? normalised : prologue.node("Transpose", "prologue.nhwc", [normalised], { perm: ints([0, 2, 3, 1]) });

  const body = renameValues(network.graph, new Map([[network.input, fed]]));
  const before = prologue.build();
  const builder = new GraphBuilder(graph.name, {
    name: graph.name,
    nodes: [...before.nodes, ...body.nodes],
    initializers: [...before.initializers, ...body.initializers],
    inputs: before.inputs,
    outputs: [],
  });
  addScores(builder, body, network.output, framing);
  return withoutUnused(builder.build());
}

interface NamedNetwork {
  readonly graph: Graph;
  readonly input: string;
  readonly output: { readonly name: string; readonly dims: readonly (number | string)[] };
}

/** Finds the network's single input and output, and renames values whose names the prepared graph needs. */
function findInputAndOutput(graph: Graph, preprocessing: Preprocessing): NamedNetwork {
  const stored = new Set(graph.initializers.map((tensor) => tensor.name));
  const inputs = graph.inputs.filter((value) => !stored.has(value.name));
  const [input] = inputs;
  const [output] = graph.outputs;
  if (input === undefined || inputs.length > 1 || output === undefined || graph.outputs.length > 1)
    throw new AppError(
      "INVALID_INPUT",
      `A classifier has one input and one output; this network has ${inputs.length} and ${graph.outputs.length}.`,
    );
  const expected = inputSizes(preprocessing);
  const [batch] = input.dims;
  const sizes = input.dims.slice(1);
  if (typeof batch === "number")
    throw new AppError("INVALID_INPUT", `This network reads ${batch} images at once. Export it with a batch of one image or of any size.`);
  if (input.dims.length !== 4 || sizes.some((size, index) => typeof size === "number" && size !== expected[index]))
    throw new AppError("INVALID_INPUT", `This network reads ${sizes.join(" x ")}, not ${expected.join(" x ")} (${preprocessing.layout}).`);
  checkRows(graph, input.name, output.name);
  const names = freeNames(graph, isTaken);
  const renamed = renameValues(graph, names);
  const nameOf = (name: string): string => names.get(name) ?? name;
  return { graph: renamed, input: nameOf(input.name), output: { name: nameOf(output.name), dims: output.dims } };
}

/** Checks that the output has one row per image, as far as shapes are known. */
function checkRows(graph: Graph, input: string, output: string): void {
  const shapes = new ShapeTable(graph);
  for (const node of graph.nodes) shapes.addNode(node);
  const batch = shapes.findShape(input)?.[0];
  const shape = shapes.findShape(output);
  if (shape === null || (shape.length > 1 && shape[0] === batch)) return;
  const [rows] = shape;
  const answer =
    typeof rows === "number" && shape.length > 1
      ? `${rows} ${rows === 1 ? "row" : "rows"} of scores for any number of images`
      : `scores of the shape ${shape.join(" x ")} for ${batch} images`;
  throw new AppError("INVALID_INPUT", `This network returns ${answer}. Export it with an open batch and one row of scores per image.`);
}

function isTaken(name: string): boolean {
  const { probabilities, logits } = preparedOutputs;
  return [preparedInput, probabilities, logits].includes(name) || ["prologue.", `${logits}.`].some((start) => name.startsWith(start));
}

function checkFraming(framing: Framing, { width, height }: Preprocessing): void {
  if (framing.kind === "whole") return;
  const { imageSize } = framing;
  if (!Number.isInteger(imageSize) || imageSize < Math.max(width, height) || imageSize > 1024)
    throw new AppError("INVALID_INPUT", `Crops of ${width} x ${height} need an image of at least that size, up to 1024 pixels.`, {
      field: "framing.imageSize",
    });
}

function addFraming(builder: GraphBuilder, pixels: string, framing: Framing, { width, height }: Preprocessing): string {
  if (framing.kind === "whole") return pixels;
  builder.integers("prologue.crop.axes", [2, 3]);
  const cut = (name: string, from: string, y: number, x: number): string => {
    builder.integers(`${name}.starts`, [y, x]);
    builder.integers(`${name}.ends`, [y + height, x + width]);
    return builder.node("Slice", name, [from, `${name}.starts`, `${name}.ends`, "prologue.crop.axes"]);
  };
  const places = cropsOf(framing, { width, height });
  const [only] = places;
  if (only !== undefined && places.length === 1) return cut("prologue.crop", pixels, only.y, only.x);
  // The mirror image is computed once, as an exact product with a permutation matrix: column x becomes column size - 1 - x.
  const size = framing.imageSize;
  const permutation = new Float32Array(size * size);
  for (let x = 0; x < size; x++) permutation[x * size + size - 1 - x] = 1;
  builder.floats("prologue.permutation", [size, size], permutation);
  const mirror = builder.node("MatMul", "prologue.mirrored", [pixels, "prologue.permutation"]);
  const crops = places.map(({ x, y, mirrored }, index) =>
    mirrored ? cut(`prologue.crop${index}`, mirror, y, size - width - x) : cut(`prologue.crop${index}`, pixels, y, x),
  );
  return builder.node("Concat", "prologue.crops", crops, { axis: int(0) });
}

/** (pixel - mean) / deviation, in the network's channel order. A 1x1 convolution reverses the channels exactly. */
function addNormalisation(builder: GraphBuilder, pixels: string, preprocessing: Preprocessing): string {
  const { channels, channelOrder } = preprocessing;
  const reversed = channelOrder === "BGR" && channels === 3;
  const perChannel = (values: readonly number[]): number[] => Array.from({ length: channels }, (_, c) => values[c] ?? values[0] ?? 0);
  const mean = perChannel(preprocessing.mean);
  const factors = perChannel(preprocessing.deviation).map((deviation) => 1 / deviation);
  let value = pixels;
  if (mean.some((level) => level !== 0)) {
    builder.floats("prologue.mean", [channels, 1, 1], Float32Array.from(reversed ? mean.toReversed() : mean));
    value = builder.node("Sub", "prologue.centred", [value, "prologue.mean"]);
  }
  if (reversed) {
    const weights = new Float32Array(channels * channels);
    for (const [c, factor] of factors.entries()) weights[c * channels + channels - 1 - c] = factor;
    builder.floats("prologue.channels", [channels, channels, 1, 1], weights);
    return builder.node("Conv", "prologue.bgr", [value, "prologue.channels"], { kernel_shape: ints([1, 1]) });
  }
  if (factors.every((factor) => factor === 1)) return value;
  builder.floats("prologue.factor", [channels, 1, 1], Float32Array.from(factors));
  return builder.node("Mul", "prologue.scaled", [value, "prologue.factor"]);
}

/** Adds a softmax over the flattened logits, so that every prepared graph ends the same way. */
function addScores(builder: GraphBuilder, body: Graph, output: NamedNetwork["output"], framing: Framing): void {
  const ownLogits = addLogits(builder, body, output.name, "prologue.own");
  const classes = output.dims
    .slice(1)
    .reduce<number | null>((product, size) => (product === null || typeof size !== "number" ? null : product * size), 1);
  if (classes === null)
    throw new AppError("INVALID_INPUT", `This network does not fix its number of classes (${output.dims.join(" x ")}).`);
  const { probabilities, logits } = preparedOutputs;
  if (framing.kind === "crops" && framing.count === cropCount) {
    const rows = builder.node("Flatten", "prologue.rows", [ownLogits], { axis: int(1) });
    const single = builder.node("Softmax", "prologue.single", [rows], { axis: int(1) });
    builder.integers("prologue.byCrop.shape", [cropCount, -1, classes]);
    builder.integers("prologue.byCrop.axis", [0]);
    const byCrop = builder.node("Reshape", "prologue.byCrop", [single, "prologue.byCrop.shape"]);
    builder.node("ReduceMean", probabilities, [byCrop, "prologue.byCrop.axis"], { keepdims: int(0) });
    addLogarithm(builder, probabilities, logits);
  } else {
    builder.node("Flatten", logits, [ownLogits], { axis: int(1) });
    builder.node("Softmax", probabilities, [logits], { axis: int(1) });
  }
  for (const name of [probabilities, logits]) builder.output({ name, type: "float32", dims: ["batch", classes] });
}
