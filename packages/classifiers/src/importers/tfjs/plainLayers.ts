/** Layers without weights: pooling, activations, shapes, sums. */
import type { Attribute } from "@pareidolia/onnx/graph";
import { unsupported } from "../channelsLast/channelsLastNetwork.ts";
import type { Window } from "../channelsLast/windows.ts";
import type { ImportLayer, LayerPlace } from "./layerPlace.ts";

export function pooling(operator: "MaxPool" | "AveragePool"): ImportLayer {
  return (layer) => {
    const kernel = layer.config.pair("pool_size", [2, 2]);
    const window: Window = { kernel, strides: layer.config.pair("strides", kernel), dilations: [1, 1], padding: layer.padding };
    return layer.network.pool(operator, layer.name, layer.input, window);
  };
}

export function globalPooling(operator: "GlobalMaxPool" | "GlobalAveragePool"): ImportLayer {
  return (layer) => {
    const pooled = layer.network.globalPool(operator, `${layer.name}.pooled`, layer.input);
    if (layer.config.flag("keepdims", false)) return pooled;
    return layer.network.reshape(layer.name, pooled, [1, pooled.dims[3] ?? 0]);
  };
}

const countOf = (dims: readonly number[]): number => dims.slice(1).reduce((product, size) => product * size, 1);

export const flatten: ImportLayer = (layer) => layer.network.reshape(layer.name, layer.input, [1, countOf(layer.input.dims)]);

/** One size may be -1: whatever is left. */
export const reshape: ImportLayer = (layer) => {
  const wanted = layer.config.list("target_shape", 5).map((size) => (typeof size === "number" ? size : -1));
  const known = wanted.filter((size) => size >= 0).reduce((product, size) => product * size, 1);
  const dims = wanted.map((size) => (size >= 0 ? size : countOf(layer.input.dims) / known));
  return layer.network.reshape(layer.name, layer.input, [1, ...dims]);
};

/** Dropout and noise do nothing once a network is trained. */
export const sameValues: ImportLayer = (layer) => layer.input;

export const activation: ImportLayer = (layer) => layer.activated(() => layer.input);

export const relu: ImportLayer = (layer) => {
  if (layer.config.number("threshold", 0) !== 0) throw unsupported(`layer "${layer.name}" has a threshold`);
  const slope = layer.config.number("negative_slope", 0);
  const most = layer.config.has("max_value") ? layer.config.number("max_value") : null;
  if (slope !== 0 && most !== null) throw unsupported(`layer "${layer.name}" has both a slope and a maximum`);
  if (slope !== 0) return layer.network.leakyRelu(layer.name, layer.input, slope);
  return most === null ? layer.network.activation("relu", layer.name, layer.input) : layer.network.clip(layer.name, layer.input, 0, most);
};

export const leakyRelu: ImportLayer = (layer) =>
  layer.network.leakyRelu(layer.name, layer.input, layer.config.number(layer.config.has("alpha") ? "alpha" : "negative_slope", 0.3));

export const softmax: ImportLayer = (layer) => {
  const axis = layer.config.number("axis", -1);
  if (axis !== -1 && axis !== layer.input.dims.length - 1) throw unsupported(`layer "${layer.name}" takes softmax along axis ${axis}`);
  return layer.network.softmax(layer.name, layer.input);
};

export function merging(operator: "Add" | "Sub" | "Mul"): ImportLayer {
  return (layer) => {
    const [first, ...others] = layer.inputs;
    if (first === undefined || others.length === 0) throw unsupported(`layer "${layer.name}" has one input`);
    return others.reduce((sum, next, index) => {
      const name = index === others.length - 1 ? layer.name : `${layer.name}.${index}`;
      return layer.network.binary(operator, name, sum, next);
    }, first);
  };
}

export const concatenate: ImportLayer = (layer) => layer.network.concat(layer.name, layer.inputs, layer.config.number("axis", -1));

export const zeroPadding2d: ImportLayer = (layer) => {
  const [vertical, horizontal] = edges(layer, "padding");
  return layer.network.pad(layer.name, layer.input, [0, vertical[0], horizontal[0], 0], [0, vertical[1], horizontal[1], 0]);
};

/** One number, two, or two pairs. */
function edges(layer: LayerPlace, key: string): readonly [readonly [number, number], readonly [number, number]] {
  const value: unknown = layer.config.has(key) ? layer.config.value(key) : 1;
  const [vertical, horizontal] = Array.isArray(value) ? (value as unknown[]) : [value, value];
  const both = [vertical, horizontal].map((side) => {
    const [before, after] = Array.isArray(side) ? (side as unknown[]) : [side, side];
    for (const size of [before, after])
      if (typeof size !== "number" || !Number.isInteger(size) || size < 0 || size > 65_536)
        throw unsupported(`layer "${layer.name}" is padded by ${JSON.stringify(value).slice(0, 60)}`);
    return [before as number, after as number] as const;
  });
  return both as unknown as readonly [readonly [number, number], readonly [number, number]];
}

const text = (value: string): Attribute => ({ kind: "string", value });

export const upSampling2d: ImportLayer = (layer) => {
  const [tall, wide] = layer.config.pair("size", [2, 2]);
  const [, height = 0, width = 0] = layer.input.dims;
  const bilinear = layer.config.text("interpolation", "nearest") === "bilinear";
  return layer.network.resize(layer.name, layer.input, [height * tall, width * wide], {
    mode: text(bilinear ? "linear" : "nearest"),
    coordinate_transformation_mode: text("asymmetric"),
    nearest_mode: text("floor"),
  });
};

/** Part of a network that scales its own input. */
export const rescaling: ImportLayer = (layer) => {
  const constant = (value: number) => ({ dims: [], data: Float32Array.of(value) });
  const scaled = layer.network.binary("Mul", `${layer.name}.scaled`, layer.input, constant(layer.config.number("scale")));
  return layer.network.binary("Add", layer.name, scaled, constant(layer.config.number("offset", 0)));
};
