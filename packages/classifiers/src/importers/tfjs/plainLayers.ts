/** Layers without weights: pooling, activations, shape changes, merging. */
import type { Attribute } from "@pareidolia/onnx/graph";
import { float } from "@pareidolia/onnx/graphBuilder";
import { activate } from "../channelsLast/activations.ts";
import { type BinaryOperator, type Cut, unsupported, type Value } from "../channelsLast/channelsLastNetwork.ts";
import { type Constant, countOf } from "../channelsLast/constants.ts";
import type { Window } from "../channelsLast/windows.ts";
import type { ImportLayer, LayerContext } from "./layerContext.ts";

export function pooling(operator: "MaxPool" | "AveragePool"): ImportLayer {
  return (layer) => {
    const kernel = layer.config.pair("pool_size", [2, 2]);
    const window: Window = { kernel, strides: layer.config.pair("strides", kernel), dilations: [1, 1], padding: layer.padding };
    return layer.network.pool(operator, layer.graphName, layer.input, window);
  };
}

export function globalPooling(operator: "GlobalMaxPool" | "GlobalAveragePool"): ImportLayer {
  return (layer) => {
    const pooled = layer.network.globalPool(operator, `${layer.graphName}.pooled`, layer.input);
    if (layer.config.flag("keepdims", false)) return pooled;
    return layer.network.reshape(layer.graphName, pooled, [1, pooled.dims[3] ?? 0]);
  };
}

export const flatten: ImportLayer = (layer) => layer.network.reshape(layer.graphName, layer.input, [1, countOf(layer.input.dims)]);

/** One size may be -1 and is inferred. */
export const reshape: ImportLayer = (layer) => {
  const target = layer.config.list("target_shape", 5).map((size) => (typeof size === "number" ? size : -1));
  const known = countOf(target.filter((size) => size >= 0));
  const dims = target.map((size) => (size >= 0 ? size : countOf(layer.input.dims) / known));
  return layer.network.reshape(layer.graphName, layer.input, [1, ...dims]);
};

/** Dropout and noise do nothing at inference. */
export const identity: ImportLayer = (layer) => layer.input;

export const activation: ImportLayer = (layer) => layer.activated(() => layer.input);

export const relu: ImportLayer = (layer) => {
  if (layer.config.number("threshold", 0) !== 0) throw unsupported(`layer "${layer.name}" has a threshold`);
  const slope = layer.config.number("negative_slope", 0);
  const maximum = layer.config.has("max_value") ? layer.config.number("max_value") : null;
  if (slope !== 0 && maximum !== null) throw unsupported(`layer "${layer.name}" has both a slope and a maximum`);
  if (slope !== 0) return layer.network.leakyRelu(layer.graphName, layer.input, slope);
  return maximum === null
    ? activate(layer.network, "relu", layer.graphName, layer.input)
    : layer.network.clip(layer.graphName, layer.input, 0, maximum);
};

export const leakyRelu: ImportLayer = (layer) =>
  layer.network.leakyRelu(layer.graphName, layer.input, layer.config.number(layer.config.has("alpha") ? "alpha" : "negative_slope", 0.3));

export const softmax: ImportLayer = (layer) => {
  const axis = layer.config.number("axis", -1);
  if (axis !== -1 && axis !== layer.input.dims.length - 1) throw unsupported(`layer "${layer.name}" applies softmax along axis ${axis}`);
  return layer.network.softmax("Softmax", layer.graphName, layer.input);
};

export const elu: ImportLayer = (layer) =>
  layer.network.elementwise("Elu", layer.graphName, layer.input, { alpha: float(layer.config.number("alpha", 1)) });

type Merging = Exclude<BinaryOperator, "Div">;

/** Combines all inputs of a layer, one after the other. */
function merged({ network, inputs, name }: LayerContext, operator: Merging, result: string): Value {
  const [first, ...others] = inputs;
  if (first === undefined || others.length === 0) throw unsupported(`layer "${name}" has one input`);
  return others.reduce(
    (soFar, next, index) => network.binary(operator, index === others.length - 1 ? result : `${result}.${index}`, soFar, next),
    first,
  );
}

export function merging(operator: Merging): ImportLayer {
  return (layer) => merged(layer, operator, layer.graphName);
}

export const average: ImportLayer = (layer) => {
  const sum = merged(layer, "Add", `${layer.graphName}.sum`);
  return layer.network.binary("Mul", layer.graphName, sum, { dims: [], data: Float32Array.of(1 / layer.inputs.length) });
};

export const concatenate: ImportLayer = (layer) => layer.network.concat(layer.graphName, layer.inputs, layer.config.number("axis", -1));

export const zeroPadding2d: ImportLayer = (layer) => {
  const [vertical, horizontal] = edges(layer, "padding", 1);
  return layer.network.pad(layer.graphName, layer.input, [0, vertical[0], horizontal[0], 0], [0, vertical[1], horizontal[1], 0]);
};

export const cropping2d: ImportLayer = (layer) => {
  const [, height = 0, width = 0] = layer.input.dims;
  const [vertical, horizontal] = edges(layer, "cropping", 0);
  const cropped = (axis: number, size: number, [before, after]: Edges): Cut => ({
    axis,
    start: before,
    count: size - before - after,
    step: 1,
  });
  return layer.network.slice(layer.graphName, layer.input, [cropped(1, height, vertical), cropped(2, width, horizontal)]);
};

/** Axes count from 1, after the batch. */
export const permute: ImportLayer = (layer) => {
  const order = layer.config.list("dims", 8).map(Number);
  return layer.network.transpose(layer.graphName, layer.input, [0, ...order]);
};

/** Amounts at the start and end of an axis. */
type Edges = readonly [number, number];

/** Reads one number, two numbers, or two pairs. */
function edges(layer: LayerContext, key: string, fallback: number): readonly [Edges, Edges] {
  const value: unknown = layer.config.has(key) ? layer.config.value(key) : fallback;
  const [vertical, horizontal] = Array.isArray(value) ? (value as unknown[]) : [value, value];
  const both = [vertical, horizontal].map((side) => {
    const [before, after] = Array.isArray(side) ? (side as unknown[]) : [side, side];
    for (const size of [before, after])
      if (typeof size !== "number" || !Number.isInteger(size) || size < 0 || size > 65_536)
        throw unsupported(`layer "${layer.name}" has a ${key} of ${JSON.stringify(value).slice(0, 60)}`);
    return [before as number, after as number] as const;
  });
  return both as unknown as readonly [readonly [number, number], readonly [number, number]];
}

const text = (value: string): Attribute => ({ kind: "string", value });

export const upSampling2d: ImportLayer = (layer) => {
  const [tall, wide] = layer.config.pair("size", [2, 2]);
  const [, height = 0, width = 0] = layer.input.dims;
  const bilinear = layer.config.text("interpolation", "nearest") === "bilinear";
  return layer.network.resize(layer.graphName, layer.input, [height * tall, width * wide], {
    mode: text(bilinear ? "linear" : "nearest"),
    coordinate_transformation_mode: text("asymmetric"),
    nearest_mode: text("floor"),
  });
};

/** Rescaling of the input inside the network, by one number or one per channel. */
export const rescaling: ImportLayer = (layer) => {
  const channels = layer.input.dims.at(-1) ?? 0;
  const constant = (key: string, fallback?: number): Constant => {
    if (!layer.config.isList(key)) return { dims: [], data: Float32Array.of(layer.config.number(key, fallback)) };
    const values = layer.config.numbers(key);
    if (values.length !== channels) throw unsupported(`layer "${layer.name}" has a ${key} of ${values.length} for ${channels} channels`);
    return { dims: [channels], data: Float32Array.from(values) };
  };
  const scaled = layer.network.binary("Mul", `${layer.graphName}.scaled`, layer.input, constant("scale"));
  return layer.network.binary("Add", layer.graphName, scaled, constant("offset", 0));
};
