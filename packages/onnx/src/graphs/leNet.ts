/**
 * Caffe's LeNet, as the paper's released code deploys it: conv 20@5x5, max pool 2, conv 50@5x5, max pool 2, 500 units, ReLU,
 * 10 units. There is no ReLU after the convolutions, so a pooling window may well be all negative.
 * Pre-processing is part of the graph, (pixel - mean image) x 0.00390625, so that the file alone says what the network sees.
 */
import type { Graph, ValueInfo } from "../graph.ts";
import { GraphBuilder, int, ints } from "../graphBuilder.ts";

export const leNetSide = 28;
export const leNetClasses = 10;
/** 1/256, exact in binary. */
const pixelScale = 0.00390625;

interface LeNetParameter extends ValueInfo {
  readonly dims: readonly number[];
  /** Inputs to one unit; 0 for a bias. */
  readonly fanIn: number;
}

/** The trained values, in the order in which they are drawn, updated and stored. */
export const leNetParameters: readonly LeNetParameter[] = [
  { name: "conv1.weights", type: "float32", dims: [20, 1, 5, 5], fanIn: 25 },
  { name: "conv1.bias", type: "float32", dims: [20], fanIn: 0 },
  { name: "conv2.weights", type: "float32", dims: [50, 20, 5, 5], fanIn: 500 },
  { name: "conv2.bias", type: "float32", dims: [50], fanIn: 0 },
  { name: "dense1.weights", type: "float32", dims: [500, 800], fanIn: 800 },
  { name: "dense1.bias", type: "float32", dims: [500], fanIn: 0 },
  { name: "dense2.weights", type: "float32", dims: [10, 500], fanIn: 500 },
  { name: "dense2.bias", type: "float32", dims: [10], fanIn: 0 },
];

/** `pixels` (N x 1 x 28 x 28, 0 to 255) to `probabilities` (N x 10), with the weights inside. */
export function buildLeNet(options: { weights: ReadonlyMap<string, Float32Array>; mean: Float32Array }): Graph {
  const builder = new GraphBuilder("lenet");
  for (const parameter of leNetParameters) {
    const data = options.weights.get(parameter.name) ?? new Float32Array();
    builder.floats(parameter.name, parameter.dims, data);
  }
  const probabilities = builder.node("Softmax", "probabilities", [addLeNet(builder, options.mean)], { axis: int(1) });
  builder.output({ name: probabilities, type: "float32", dims: ["batch", leNetClasses] });
  return builder.build();
}

/** The same network up to its mean loss over a batch, with weights and `labels` (N, int64) as inputs. */
export function buildLeNetLoss(options: { mean: Float32Array }): Graph {
  const builder = new GraphBuilder("lenet.loss");
  for (const parameter of leNetParameters) builder.input(parameter);
  const labels = builder.input({ name: "labels", type: "int64", dims: ["batch"] });
  const loss = builder.node("SoftmaxCrossEntropyLoss", "loss", [addLeNet(builder, options.mean), labels]);
  builder.output({ name: loss, type: "float32", dims: [] });
  return builder.build();
}

function addLeNet(builder: GraphBuilder, mean: Float32Array): string {
  const pixels = builder.input({ name: "pixels", type: "float32", dims: ["batch", 1, leNetSide, leNetSide] });
  builder.floats("preprocess.mean", [1, leNetSide, leNetSide], mean);
  builder.floats("preprocess.scale", [], Float32Array.of(pixelScale));
  const centred = builder.node("Sub", "centred", [pixels, "preprocess.mean"]);
  const scaled = builder.node("Mul", "scaled", [centred, "preprocess.scale"]);

  const kernel = { kernel_shape: ints([5, 5]) };
  const window = { kernel_shape: ints([2, 2]), strides: ints([2, 2]) };
  const conv1 = builder.node("Conv", "conv1", [scaled, "conv1.weights", "conv1.bias"], kernel);
  const pool1 = builder.node("MaxPool", "pool1", [conv1], window);
  const conv2 = builder.node("Conv", "conv2", [pool1, "conv2.weights", "conv2.bias"], kernel);
  const pool2 = builder.node("MaxPool", "pool2", [conv2], window);
  const features = builder.node("Flatten", "features", [pool2]);
  const dense1 = builder.node("Gemm", "dense1", [features, "dense1.weights", "dense1.bias"], { transB: int(1) });
  const relu = builder.node("Relu", "relu1", [dense1]);
  return builder.node("Gemm", "logits", [relu, "dense2.weights", "dense2.bias"], { transB: int(1) });
}
