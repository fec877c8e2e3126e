/** Layers without weights: pooling, activations, shapes, sums. */
import type { Attribute } from "@pareidolia/onnx/graph";
import { float } from "@pareidolia/onnx/graphBuilder";
import { activate } from "../channelsLast/activations.ts";
import { type BinaryOperator, type Cut, unsupported, type Value } from "../channelsLast/channelsLastNetwork.ts";
import { type Constant, countOf } from "../channelsLast/constants.ts";
import type { Window } from "../channelsLast/windows.ts";
import type { ImportLayer, LayerPlace } from "./layerPlace.ts";

export function pooling(operator: "MaxPool" | "AveragePool"): ImportLayer {
  return (layer) => {
    const kernel = layer.config.pair("pool_size", [2, 2]);
    const window: Window = { kernel, strides: layer.config.pair("strides", kernel), dilations: [1, 1], padding: layer.padding };
    return layer.network.pool(operator, layer.place, layer.input, window);
  };
}

export function globalPooling(operator: "GlobalMaxPool" | "GlobalAveragePool"): ImportLayer {
  return (layer) => {
    const pooled = layer.network.globalPool(operator, `${layer.place}.pooled`, layer.input);
    if (layer.config.flag("keepdims", false)) return pooled;
    return layer.network.reshape(layer.place, pooled, [1, pooled.dims[3] ?? 0]);
  };
}

export const flatten: ImportLayer = (layer) => layer.network.reshape(layer.place, layer.input, [1, countOf(layer.input.dims)]);

/** One size may be -1: whatever is left. */
export const reshape: ImportLayer = (layer) => {
  const wanted = layer.config.list("target_shape", 5).map((size) => (typeof size === "number" ? size : -1));
  const known = countOf(wanted.filter((size) => size >= 0));
  const dims = wanted.map((size) => (size >= 0 ? size : countOf(layer.input.dims) / known));
  return layer.network.reshape(layer.place, layer.input, [1, ...dims]);
};

/** Dropout and noise do nothing once a network is trained. */
export const sameValues: ImportLayer = (layer) => layer.input;

export const activation: ImportLayer = (layer) => layer.activated(() => layer.input);

export const relu: ImportLayer = (layer) => {
  if (layer.config.number("threshold", 0) !== 0) throw unsupported(`layer "${layer.name}" has a threshold`);
  const slope = layer.config.number("negative_slope", 0);
  const most = layer.config.has("max_value") ? layer.config.number("max_value") : null;
  if (slope !== 0 && most !== null) throw unsupported(`layer "${layer.name}" has both a slope and a maximum`);
  if (slope !== 0) return layer.network.leakyRelu(layer.place, layer.input, slope);
  return most === null ? activate(layer.network, "relu", layer.place, layer.input) : layer.network.clip(layer.place, layer.input, 0, most);
};

export const leakyRelu: ImportLayer = (layer) =>
  layer.network.leakyRelu(layer.place, layer.input, layer.config.number(layer.config.has("alpha") ? "alpha" : "negative_slope", 0.3));

export const softmax: ImportLayer = (layer) => {
  const axis = layer.config.number("axis", -1);
  if (axis !== -1 && axis !== layer.input.dims.length - 1) throw unsupported(`layer "${layer.name}" takes softmax along axis ${axis}`);
  return layer.network.softmax("Softmax", layer.place, layer.input);
};

export const elu: ImportLayer = (layer) =>
  layer.network.elementwise("Elu", layer.place, layer.input, { alpha: float(layer.config.number("alpha", 1)) });

type Merging = Exclude<BinaryOperator, "Div">;

/** All inputs of a layer, one after the other. */
function merged({ network, inputs, name }: LayerPlace, operator: Merging, result: string): Value {
  const [first, ...others] = inputs;
  if (first === undefined || others.length === 0) throw unsupported(`layer "${name}" has one input`);
  return others.reduce(
    (sofar, next, index) => network.binary(operator, index === others.length - 1 ? result : `${result}.${index}`, sofar, next),
    first,
  );
}

export function merging(operator: Merging): ImportLayer {
  return (layer) => merged(layer, operator, layer.place);
}

export const average: ImportLayer = (layer) => {
  const sum = merged(layer, "Add", `${layer.place}.sum`);
  return layer.network.binary("Mul", layer.place, sum, { dims: [], data: Float32Array.of(1 / layer.inputs.length) });
};

export const concatenate: ImportLayer = (layer) => layer.network.concat(layer.place, layer.inputs, layer.config.number("axis", -1));

export const zeroPadding2d: ImportLayer = (layer) => {
  const [vertical, horizontal] = edges(layer, "padding", 1);
  return layer.network.pad(layer.place, layer.input, [0, vertical[0], horizontal[0], 0], [0, vertical[1], horizontal[1], 0]);
};

export const cropping2d: ImportLayer = (layer) => {
  const [, height = 0, width = 0] = layer.input.dims;
  const [vertical, horizontal] = edges(layer, "cropping", 0);
  const kept = (axis: number, size: number, [before, after]: Edges): Cut => ({
    axis,
    start: before,
    count: size - before - after,
    step: 1,
  });
  return layer.network.slice(layer.place, layer.input, [kept(1, height, vertical), kept(2, width, horizontal)]);
};

/** Axes are counted from 1, after the batch. */
export const permute: ImportLayer = (layer) => {
  const order = layer.config.list("dims", 8).map(Number);
  return layer.network.transpose(layer.place, layer.input, [0, ...order]);
};

/** Of two opposite ones: how much lies before, and how much after. */
type Edges = readonly [number, number];

/** One number, two, or two pairs. */
function edges(layer: LayerPlace, key: string, fallback: number): readonly [Edges, Edges] {
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
  return layer.network.resize(layer.place, layer.input, [height * tall, width * wide], {
    mode: text(bilinear ? "linear" : "nearest"),
    coordinate_transformation_mode: text("asymmetric"),
    nearest_mode: text("floor"),
  });
};

/** Part of a network that scales its own input, by one number or one for each channel. */
export const rescaling: ImportLayer = (layer) => {
  const channels = layer.input.dims.at(-1) ?? 0;
  const constant = (key: string, fallback?: number): Constant => {
    if (!layer.config.isList(key)) return { dims: [], data: Float32Array.of(layer.config.number(key, fallback)) };
    const values = layer.config.numbers(key);
    if (values.length !== channels) throw unsupported(`layer "${layer.name}" has a ${key} of ${values.length} for ${channels} channels`);
    return { dims: [channels], data: Float32Array.from(values) };
  };
  const scaled = layer.network.binary("Mul", `${layer.place}.scaled`, layer.input, constant("scale"));
  return layer.network.binary("Add", layer.place, scaled, constant("offset", 0));
};
