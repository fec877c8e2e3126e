/** SqueezeNet 1.0 as a user model: an ONNX file that is not in the zoo. */

import { openClassifier } from "@pareidolia/classifiers/engines/openClassifier";
import { importModel } from "@pareidolia/classifiers/importers/importModel";
import type { Framing, Preprocessing } from "@pareidolia/core/preprocessing";
import type { Graph } from "@pareidolia/onnx/graph";
import { withPreprocessing } from "@pareidolia/onnx/prologue";
import { readShared } from "./readShared.ts";

const squeezeNetPreprocessing: Preprocessing = {
  width: 227,
  height: 227,
  channels: 3,
  channelOrder: "BGR",
  layout: "NCHW",
  mean: [104, 117, 123],
  deviation: [1],
};

/** The 1,000 classes of ImageNet, without the shared list's background class, which this network does not have. */
async function readImageNetLabels(): Promise<readonly string[]> {
  const text = await readShared("models/imagenet_labels.txt");
  return text.toString("utf8").trimEnd().split("\n").slice(1);
}

export async function squeezeNetGraph(framing: Framing = { kind: "whole" }): Promise<Graph> {
  const file = await readShared("models/squeezenet1_0.onnx");
  return withPreprocessing(importModel(file), squeezeNetPreprocessing, framing);
}

interface OpenOptions {
  readonly framing?: Framing;
  readonly threads?: number;
}

export async function openSqueezeNet({ framing, threads }: OpenOptions = {}) {
  const file = await readShared("models/squeezenet1_0.onnx");
  return openClassifier({ file, preprocessing: squeezeNetPreprocessing, framing, labels: await readImageNetLabels(), threads });
}

/** Each layer still has more than one position, and the plain engine computes an eighth of what whole images need. */
const smallSide = 79;

interface SmallOptions {
  readonly engine: string;
  /** Softplus instead of Relu, and average instead of max pooling. */
  readonly smooth?: boolean;
}

/** The network with its layers and weights, for smaller images. */
export async function openSmallSqueezeNet({ engine, smooth = false }: SmallOptions) {
  const file = await readShared("models/squeezenet1_0.onnx");
  const graph = importModel(file);
  const replaced: Readonly<Record<string, string>> = smooth ? { Relu: "Softplus", MaxPool: "AveragePool" } : {};
  const nodes = graph.nodes.map((node) => ({ ...node, operator: replaced[node.operator] ?? node.operator }));
  const inputs = graph.inputs.map((input) => ({ ...input, dims: [...input.dims.slice(0, 2), smallSide, smallSide] }));
  const preprocessing = { ...squeezeNetPreprocessing, width: smallSide, height: smallSide };
  return openClassifier({ graph: { ...graph, nodes, inputs }, preprocessing, labels: await readImageNetLabels(), engine, threads: 1 });
}
