/** Layers with weights: convolutions, dense layers, normalisation, PReLU. Keras kernels are height x width x inputs x outputs. */
import { unsupported } from "../channelsLast/channelsLastNetwork.ts";
import { type Constant, permuted } from "../channelsLast/constants.ts";
import { onePixel, type Window } from "../channelsLast/windows.ts";
import type { ImportLayer, LayerContext } from "./layerContext.ts";

const onnxOrder = [3, 2, 0, 1];

function windowOf(layer: LayerContext, kernel: Constant): Window {
  const [height = 1, width = 1] = kernel.dims;
  return {
    kernel: [height, width],
    strides: layer.config.pair("strides", [1, 1]),
    dilations: layer.config.pair("dilation_rate", [1, 1]),
    padding: layer.padding,
  };
}

/** From height x width x channels x multiplier. Output `c x multiplier + m` reads only channel c. */
function perChannel(kernel: Constant): Constant {
  const [height = 1, width = 1, channels = 1, multiplier = 1] = kernel.dims;
  return { dims: [channels * multiplier, 1, height, width], data: permuted(kernel, [2, 3, 0, 1]).data };
}

export const conv2d: ImportLayer = (layer) => {
  const kernel = layer.weight("kernel");
  const groups = layer.config.number("groups", 1);
  const options = { weights: permuted(kernel, onnxOrder), bias: layer.bias(), window: windowOf(layer, kernel), groups };
  return layer.activated((name) => layer.network.conv(name, layer.input, options));
};

export const depthwiseConv2d: ImportLayer = (layer) => {
  const kernel = layer.findWeight("depthwise_kernel") ?? layer.weight("kernel");
  const options = { weights: perChannel(kernel), bias: layer.bias(), window: windowOf(layer, kernel), groups: kernel.dims[2] ?? 0 };
  return layer.activated((name) => layer.network.conv(name, layer.input, options));
};

export const separableConv2d: ImportLayer = (layer) => {
  const kernel = layer.weight("depthwise_kernel");
  const depthwise = { weights: perChannel(kernel), bias: null, window: windowOf(layer, kernel), groups: kernel.dims[2] ?? 0 };
  const spread = layer.network.conv(`${layer.graphName}.depthwise`, layer.input, depthwise);
  const pointwise = { weights: permuted(layer.weight("pointwise_kernel"), onnxOrder), bias: layer.bias(), window: onePixel, groups: 1 };
  return layer.activated((name) => layer.network.conv(name, spread, pointwise));
};

/** The kernel is height x width x outputs x inputs. */
export const conv2dTranspose: ImportLayer = (layer) => {
  const { input } = layer;
  const kernel = layer.weight("kernel");
  const window = windowOf(layer, kernel);
  if (layer.config.has("output_padding")) throw unsupported(`layer "${layer.name}" has an output padding`);
  if (window.dilations.some((dilation) => dilation !== 1)) throw unsupported(`layer "${layer.name}" is dilated`);
  const along = (axis: 0 | 1): number => {
    const [stride, reach] = [window.strides[axis], window.kernel[axis]];
    return (input.dims[axis + 1] ?? 0) * stride + (window.padding === "same" ? 0 : Math.max(reach - stride, 0));
  };
  const options = { weights: permuted(kernel, onnxOrder), bias: layer.bias(), window, size: [along(0), along(1)] as const };
  return layer.activated((name) => layer.network.convTranspose(name, input, options));
};

export const dense: ImportLayer = (layer) => {
  const weights = permuted(layer.weight("kernel"), [1, 0]);
  const bias = layer.bias();
  return layer.activated((name) => layer.network.dense(name, layer.input, weights, bias));
};

/** Slopes have the axes of one image; shared axes have size 1. */
export const prelu: ImportLayer = (layer) => layer.network.prelu(layer.graphName, layer.input, layer.weight("alpha"));

export const batchNormalization: ImportLayer = (layer) => {
  const axisConfig = layer.config.value("axis");
  const [axis = -1] = Array.isArray(axisConfig) ? (axisConfig as unknown[]) : [axisConfig];
  if (axis !== -1 && axis !== layer.input.dims.length - 1) throw unsupported(`layer "${layer.name}" normalises along axis ${String(axis)}`);
  const mean = layer.weight("moving_mean").data;
  return layer.network.batchNormalization(layer.graphName, layer.input, {
    scale: layer.config.flag("scale", true) ? layer.weight("gamma").data : new Float32Array(mean.length).fill(1),
    shift: layer.config.flag("center", true) ? layer.weight("beta").data : new Float32Array(mean.length),
    mean,
    variance: layer.weight("moving_variance").data,
    epsilon: layer.config.number("epsilon", 1e-3),
  });
};
