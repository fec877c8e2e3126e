/** What happens to an image before a network's own first operator. Part of a model, as its weights are. */
import { AppError } from "./appError.ts";

export interface Preprocessing {
  /** The network's own input, in pixels. */
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly channelOrder: "RGB" | "BGR";
  readonly layout: "NCHW" | "NHWC";
  /** Per channel in the network's own order: (pixel - mean) / deviation, pixels from 0 to 255. One value serves all channels. */
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/**
 * How a larger image meets the network: as it is (the image has the network's size), or as one central crop, or as the paper's ten
 * (four corners and the centre, each also mirrored; the mean of ten softmaxes) from an image of `imageSize` squared.
 */
export type Framing = { readonly kind: "whole" } | { readonly kind: "crops"; readonly count: 1 | 10; readonly imageSize: number };

/** @throws AppError INVALID_INPUT naming the first value that makes no sense. */
export function checkPreprocessing(value: Preprocessing): Preprocessing {
  const fail = (field: string, message: string): never => {
    throw new AppError("INVALID_INPUT", message, { field: `preprocessing.${field}` });
  };
  for (const side of ["width", "height"] as const)
    if (!Number.isInteger(value[side]) || value[side] < 1 || value[side] > 1024) fail(side, `The ${side} must be from 1 to 1024 pixels.`);
  if (value.channels !== 1 && value.channels !== 3) fail("channels", "An image has 1 channel (grey) or 3 (RGB).");
  if (value.channelOrder !== "RGB" && value.channelOrder !== "BGR") fail("channelOrder", "The order of channels is RGB or BGR.");
  if (value.layout !== "NCHW" && value.layout !== "NHWC") fail("layout", "The layout is NCHW or NHWC.");
  for (const field of ["mean", "deviation"] as const) {
    const numbers = value[field];
    if (numbers.length !== 1 && numbers.length !== value.channels) fail(field, `Give one ${field}, or one for each channel.`);
    if (!numbers.every((number) => Number.isFinite(number) && Math.abs(number) <= 1e6)) fail(field, `The ${field} must be finite numbers.`);
  }
  if (value.deviation.some((number) => number <= 0)) fail("deviation", "A deviation must be above 0.");
  return value;
}
