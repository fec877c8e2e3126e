/**
 * A trainable network, built as two graphs of the same nodes: for inference with stored weights, from pixels to probabilities, and for
 * training with weights and labels as inputs, to the mean loss of a batch. Both include the pre-processing, so the file alone defines
 * what the network sees.
 */
import type { ImageShape } from "@pareidolia/core/image";
import type { Graph, ValueInfo } from "../graph.ts";
import { GraphBuilder, int } from "../graphBuilder.ts";

export interface NetworkParameter extends ValueInfo {
  readonly dims: readonly number[];
  /** Number of inputs to one unit; 0 for a bias. */
  readonly fanIn: number;
}

export interface Network {
  readonly id: string;
  readonly input: ImageShape;
  readonly classes: number;
  /** Parameters in the order of initialization, update and storage. */
  readonly parameters: readonly NetworkParameter[];
  /** Adds the nodes from the centred image to the logits and returns the logits' name. */
  addLogits(builder: GraphBuilder, image: string): string;
}

/** (pixel - mean) x scale. `dims` is the shape of the mean: a whole image or one value per channel. */
export interface Centring {
  readonly mean: Float32Array;
  readonly dims: readonly number[];
  readonly scale: number;
}

/** From `pixels` (N x channels x height x width, 0 to 255) to `probabilities` (N x classes). */
export function buildNetwork(network: Network, options: { weights: ReadonlyMap<string, Float32Array>; centring: Centring }): Graph {
  const builder = new GraphBuilder(network.id);
  for (const { name, dims } of network.parameters) builder.floats(name, dims, options.weights.get(name) ?? new Float32Array());
  const logits = network.addLogits(builder, addCentredPixels(builder, network.input, options.centring));
  const probabilities = builder.node("Softmax", "probabilities", [logits], { axis: int(1) });
  builder.output({ name: probabilities, type: "float32", dims: ["batch", network.classes] });
  return builder.build();
}

/** From `pixels`, `labels` (N, int64) and every parameter to `loss` (a scalar). */
export function buildNetworkLoss(network: Network, centring: Centring): Graph {
  const builder = new GraphBuilder(`${network.id}.loss`);
  for (const { name, type, dims } of network.parameters) builder.input({ name, type, dims });
  const labels = builder.input({ name: "labels", type: "int64", dims: ["batch"] });
  const logits = network.addLogits(builder, addCentredPixels(builder, network.input, centring));
  builder.output({ name: builder.node("SoftmaxCrossEntropyLoss", "loss", [logits, labels]), type: "float32", dims: [] });
  return builder.build();
}

function addCentredPixels(builder: GraphBuilder, { width, height, channels }: ImageShape, { mean, dims, scale }: Centring): string {
  const pixels = builder.input({ name: "pixels", type: "float32", dims: ["batch", channels, height, width] });
  builder.floats("preprocess.mean", dims, mean);
  builder.floats("preprocess.scale", [], Float32Array.of(scale));
  const centred = builder.node("Sub", "centred", [pixels, "preprocess.mean"]);
  return builder.node("Mul", "scaled", [centred, "preprocess.scale"]);
}
