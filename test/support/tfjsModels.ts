/**
 * Small layers models in the format of tfjs with random weights, and the output of tfjs 4.22.0 (its plain CPU backend, which loaded
 * these files) for a random image.
 */
import { Purpose, Random } from "@pareidolia/core/random";

export interface TfjsFiles {
  readonly modelJson: Uint8Array;
  readonly shards: ReadonlyMap<string, Uint8Array>;
  /** Height, width, channels. */
  readonly input: readonly [number, number, number];
  readonly expected: readonly number[];
}

export type TfjsLayer = Record<string, unknown> & { readonly class_name: string };
type Weight = readonly [name: string, dims: readonly number[], kind?: "positive"];

function draw(index: number, count: number): Float32Array {
  const random = new Random({ seed: 21, generation: 0, index, purpose: Purpose.NOISE });
  return Float32Array.from({ length: count }, () => 2 * random.uniform() - 1);
}

/** A random image, channels last like the models' input. */
export function drawTfjsImage([height, width, channels]: TfjsFiles["input"]): Float32Array {
  return draw(0, height * width * channels);
}

/** Values in two shards, split in the middle of a weight, as in tfjs. */
export function packTfjs(topology: unknown, weights: readonly Weight[], rest: Pick<TfjsFiles, "input" | "expected">): TfjsFiles {
  const data = weights.map(([, dims, kind], index) => {
    const values = draw(
      index + 1,
      dims.reduce((product, size) => product * size, 1),
    );
    return kind === "positive" ? values.map((value) => Math.abs(value) + 0.5) : values;
  });
  const bytes = Buffer.concat(data.map((values) => Buffer.from(values.buffer)));
  const cut = Math.floor(bytes.length / 2) + 1;
  const paths = ["group1-shard1of2.bin", "group1-shard2of2.bin"] as const;
  const manifest = [{ paths, weights: weights.map(([name, shape]) => ({ name, shape, dtype: "float32" })) }];
  const modelJson = new TextEncoder().encode(
    JSON.stringify({ format: "layers-model", modelTopology: topology, weightsManifest: manifest }),
  );
  const shards = new Map<string, Uint8Array>([
    [paths[0], bytes.subarray(0, cut)],
    [paths[1], bytes.subarray(cut)],
  ]);
  return { modelJson, shards, ...rest };
}

const sequentialLayers: readonly TfjsLayer[] = [
  {
    class_name: "Conv2D",
    config: {
      name: "conv",
      batch_input_shape: [null, 9, 8, 3],
      filters: 4,
      kernel_size: [3, 3],
      strides: [2, 2],
      padding: "same",
      activation: "relu",
      use_bias: true,
    },
  },
  { class_name: "BatchNormalization", config: { name: "norm", axis: -1, epsilon: 0.001 } },
  { class_name: "DepthwiseConv2D", config: { name: "deep", kernel_size: [3, 3], depth_multiplier: 2, padding: "same", use_bias: false } },
  { class_name: "ReLU", config: { name: "six", max_value: 0.75 } },
  { class_name: "SeparableConv2D", config: { name: "apart", filters: 5, kernel_size: [2, 3], padding: "valid", activation: "tanh" } },
  { class_name: "MaxPooling2D", config: { name: "pool", pool_size: [2, 2], strides: [1, 1], padding: "same" } },
  { class_name: "Dropout", config: { name: "drop", rate: 0.5 } },
  { class_name: "Flatten", config: { name: "flat" } },
  { class_name: "Dense", config: { name: "dense", units: 6, activation: "linear", use_bias: true } },
  { class_name: "Activation", config: { name: "last", activation: "softmax" } },
];

/** A reshape that mixes channels with pixels, strides with padding, and weight names of the Keras converter. */
export const sequentialModel = packTfjs(
  {
    keras_version: "2.4.0",
    backend: "tensorflow",
    model_config: { class_name: "Sequential", config: { name: "sequential", layers: sequentialLayers } },
  },
  [
    ["conv/kernel", [3, 3, 3, 4]],
    ["conv/bias", [4]],
    ["norm/gamma", [4]],
    ["norm/beta", [4]],
    ["norm/moving_mean", [4]],
    ["norm/moving_variance", [4], "positive"],
    ["deep/depthwise_kernel", [3, 3, 4, 2]],
    ["apart/depthwise_kernel", [2, 3, 8, 1]],
    ["apart/pointwise_kernel", [1, 1, 8, 5]],
    ["apart/bias", [5]],
    ["dense/kernel", [40, 6]],
    ["dense/bias", [6]],
  ],
  { input: [9, 8, 3], expected: [0.0851808, 0.0007089, 0.8810766, 0.0232686, 0.0004019, 0.0093633] },
);

const from = (...names: readonly string[]) => [names.map((name) => [name, 0, 0, {}])];
const functionalLayers: readonly TfjsLayer[] = [
  {
    class_name: "InputLayer",
    name: "image",
    config: { name: "image", batch_input_shape: [null, 7, 7, 3], dtype: "float32" },
    inbound_nodes: [],
  },
  {
    class_name: "ZeroPadding2D",
    name: "edge",
    config: {
      name: "edge",
      padding: [
        [0, 1],
        [1, 0],
      ],
    },
    inbound_nodes: from("image"),
  },
  {
    class_name: "Conv2D",
    name: "left",
    config: { name: "left", filters: 4, kernel_size: [3, 3], strides: [1, 1], padding: "valid", dilation_rate: [2, 2], use_bias: false },
    inbound_nodes: from("edge"),
  },
  {
    class_name: "Conv2D",
    name: "right",
    config: { name: "right", filters: 4, kernel_size: [5, 5], strides: [1, 1], padding: "valid", activation: "sigmoid", use_bias: true },
    inbound_nodes: from("edge"),
  },
  { class_name: "Add", name: "sum", config: { name: "sum" }, inbound_nodes: from("left", "right") },
  { class_name: "Concatenate", name: "both", config: { name: "both", axis: -1 }, inbound_nodes: from("sum", "right") },
  {
    class_name: "AveragePooling2D",
    name: "mean",
    config: { name: "mean", pool_size: [3, 3], strides: [2, 2], padding: "same" },
    inbound_nodes: from("both"),
  },
  { class_name: "GlobalAveragePooling2D", name: "all", config: { name: "all" }, inbound_nodes: from("mean") },
  { class_name: "Reshape", name: "shape", config: { name: "shape", target_shape: [1, 1, 8] }, inbound_nodes: from("all") },
  {
    class_name: "Conv2D",
    name: "logits",
    config: { name: "logits", filters: 5, kernel_size: [1, 1], strides: [1, 1], padding: "same", use_bias: true },
    inbound_nodes: from("shape"),
  },
  { class_name: "Reshape", name: "rows", config: { name: "rows", target_shape: [5] }, inbound_nodes: from("logits") },
  { class_name: "Softmax", name: "answer", config: { name: "answer", axis: -1 }, inbound_nodes: from("rows") },
];

/** Branches, dilation, and the topology as tfjs saves it. */
export const functionalModel = packTfjs(
  {
    class_name: "Model",
    config: { name: "model", layers: functionalLayers, input_layers: [["image", 0, 0]], output_layers: [["answer", 0, 0]] },
    keras_version: "tfjs-layers 4.22.0",
    backend: "tensor_flow.js",
  },
  [
    ["left/kernel", [3, 3, 3, 4]],
    ["right/kernel", [5, 5, 3, 4]],
    ["right/bias", [4]],
    ["logits/kernel", [1, 1, 8, 5]],
    ["logits/bias", [5]],
  ],
  { input: [7, 7, 3], expected: [0.6560653, 0.1567334, 0.0567061, 0.0859577, 0.0445375] },
);
