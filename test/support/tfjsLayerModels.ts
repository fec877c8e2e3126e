/**
 * Further layers models with random weights: one in the format of Keras 2, with the output of tfjs 4.22.0 (its plain CPU backend, which
 * loaded these files) for a random image, and one in the format of Keras 3, which tfjs does not load, with the output of Keras 3.9.2.
 */
import { packTfjs, type TfjsLayer } from "./tfjsModels.ts";

const functional = (name: string, layers: readonly TfjsLayer[], output: readonly [string, number, number]) => ({
  class_name: "Functional",
  config: { name, layers, input_layers: [["image", 0, 0]], output_layers: [output] },
});

/** A layer of Keras 2; for a reference to a nested model, the model's definition counts as its first call. */
function layer(kind: string, name: string, config: Readonly<Record<string, unknown>>, ...inputs: readonly string[]): TfjsLayer {
  const references = inputs.map((input) => [input, input === "block" ? 1 : 0, 0, {}]);
  return { class_name: kind, name, config: { name, ...config }, inbound_nodes: references.length > 0 ? [references] : [] };
}

const block: TfjsLayer = {
  class_name: "Sequential",
  name: "block",
  config: {
    name: "block",
    layers: [
      { class_name: "InputLayer", config: { name: "inside", batch_input_shape: [null, 14, 12, 4], dtype: "float32" } },
      {
        class_name: "Conv2D",
        config: { name: "inner", filters: 4, kernel_size: [1, 1], strides: [1, 1], padding: "valid", activation: "hard_sigmoid" },
      },
    ],
  },
  inbound_nodes: [[["up", 0, 0, {}]]],
};

const layersOfKeras2: readonly TfjsLayer[] = [
  layer("InputLayer", "image", { batch_input_shape: [null, 7, 6, 3], dtype: "float32" }),
  layer("Rescaling", "scale", { scale: [0.5, 1, 2], offset: [0, 0.25, -0.5] }, "image"),
  layer("Conv2DTranspose", "up", { filters: 4, kernel_size: [3, 3], strides: [2, 2], padding: "same", activation: "swish" }, "scale"),
  block,
  layer("PReLU", "slopes", { shared_axes: [1, 2] }, "up"),
  layer("ELU", "elu", { alpha: 1 }, "slopes"),
  layer("Average", "mean", {}, "block", "slopes", "elu"),
  layer("Maximum", "most", {}, "mean", "elu"),
  layer("Minimum", "least", {}, "most", "block"),
  layer(
    "Cropping2D",
    "cut",
    {
      cropping: [
        [1, 3],
        [0, 2],
      ],
    },
    "least",
  ),
  layer("Permute", "turned", { dims: [3, 1, 2] }, "cut"),
  layer("Conv2DTranspose", "wide", { filters: 2, kernel_size: [2, 3], strides: [3, 2], padding: "valid", use_bias: false }, "turned"),
  layer("Reshape", "rows", { target_shape: [63, 8] }, "wide"),
  layer("BatchNormalization", "norm", { axis: [2], epsilon: 0.001 }, "rows"),
  layer("Dense", "each", { units: 3, activation: "softmax" }, "norm"),
  layer("PReLU", "own", {}, "each"),
  layer("Flatten", "flat", {}, "own"),
  layer("Dense", "logits", { units: 5, activation: "softmax" }, "flat"),
];

/** Transposed convolutions, slopes, merging, cropping and permuting, and an image reshaped to rows of vectors. */
export const keras2Model = packTfjs(
  { keras_version: "2.15.0", backend: "tensorflow", model_config: functional("model", layersOfKeras2, ["logits", 0, 0]) },
  [
    ["up/kernel", [3, 3, 4, 3]],
    ["up/bias", [4]],
    ["inner/kernel", [1, 1, 4, 4]],
    ["inner/bias", [4]],
    ["slopes/alpha", [1, 1, 4]],
    ["wide/kernel", [2, 3, 2, 10]],
    ["norm/gamma", [8]],
    ["norm/beta", [8]],
    ["norm/moving_mean", [8]],
    ["norm/moving_variance", [8], "positive"],
    ["each/kernel", [8, 3]],
    ["each/bias", [3]],
    ["own/alpha", [63, 3]],
    ["logits/kernel", [189, 5]],
    ["logits/bias", [5]],
  ],
  { input: [7, 6, 3], expected: [0.3001014, 0.0135853, 0.3408837, 0.3199772, 0.0254524] },
);

const tensor = (name: string) => ({
  class_name: "__keras_tensor__",
  config: { shape: [null, 1], dtype: "float32", keras_history: [name, 0, 0] },
});

/** A layer of Keras 3, called once with these inputs; several are passed as a list. */
function called(kind: string, name: string, config: Readonly<Record<string, unknown>>, ...inputs: readonly string[]): TfjsLayer {
  const tensors = inputs.map(tensor);
  const call = { args: tensors.length > 1 ? [tensors] : tensors, kwargs: kind === "Dropout" ? { training: false } : {} };
  return {
    module: "keras.layers",
    class_name: kind,
    name,
    config: { name, ...config },
    registered_name: null,
    inbound_nodes: inputs.length > 0 ? [call] : [],
  };
}

const layersOfKeras3: readonly TfjsLayer[] = [
  called("InputLayer", "image", { batch_shape: [null, 8, 9, 3], dtype: "float32" }),
  called("Rescaling", "scale", { scale: [1, 2, 0.5], offset: 0.5 }, "image"),
  called("Conv2D", "conv", { filters: 4, kernel_size: [3, 3], padding: "valid", activation: "silu" }, "scale"),
  called("DepthwiseConv2D", "deep", { kernel_size: [3, 3], padding: "same", activation: "relu" }, "conv"),
  called("Add", "sum", {}, "conv", "deep"),
  {
    module: "keras",
    class_name: "Sequential",
    name: "block",
    config: {
      name: "block",
      layers: [
        { module: "keras.layers", class_name: "InputLayer", config: { batch_shape: [null, 6, 7, 4], dtype: "float32", name: "inside" } },
        {
          module: "keras.layers",
          class_name: "Conv2D",
          config: { name: "conv", filters: 4, kernel_size: [1, 1], padding: "valid", activation: "hard_sigmoid" },
        },
      ],
    },
    registered_name: null,
    inbound_nodes: [{ args: [tensor("sum")], kwargs: { mask: null } }],
  },
  called("Dropout", "drop", { rate: 0.5 }, "block"),
  called("GlobalAveragePooling2D", "all", {}, "drop"),
  called("Dense", "logits", { units: 5, activation: "softmax" }, "all"),
];

/** Calls with arguments, and a nested layer with the name of a layer of the outer model. */
export const keras3Model = packTfjs(
  {
    keras_version: "3.9.2",
    backend: "tensorflow",
    model_config: { module: "keras.src.models.functional", ...functional("model", layersOfKeras3, ["logits", 0, 0]) },
  },
  [
    ["conv/kernel", [3, 3, 3, 4]],
    ["conv/bias", [4]],
    ["deep/kernel", [3, 3, 4, 1]],
    ["deep/bias", [4]],
    ["block/conv/kernel", [1, 1, 4, 4]],
    ["block/conv/bias", [4]],
    ["logits/kernel", [4, 5]],
    ["logits/bias", [5]],
  ],
  { input: [8, 9, 3], expected: [0.1501988, 0.0878779, 0.2033254, 0.3003337, 0.2582641] },
);
