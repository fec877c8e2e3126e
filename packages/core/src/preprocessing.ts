/** Pre-processing: the conversion of an image to a network's input. It is part of a model, like the weights. */
import { AppError } from "./appError.ts";

export interface Preprocessing {
  /** Size of the network's input in pixels. */
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly channelOrder: "RGB" | "BGR";
  readonly layout: "NCHW" | "NHWC";
  /** The input is (pixel - mean) / deviation, with pixels from 0 to 255. One value for all channels, or one per channel in `channelOrder`. */
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/**
 * How a network scores an image: whole (the image has the network's size), by one central crop, or by the paper's ten crops (four corners
 * and the centre, each also mirrored; the mean of ten softmaxes). Images for crops are squares with the side `imageSize`, in pixels.
 */
export type Framing = { readonly kind: "whole" } | { readonly kind: "crops"; readonly count: 1 | 10; readonly imageSize: number };

/** @throws AppError INVALID_INPUT naming the first invalid value. */
export function checkPreprocessing(value: Preprocessing): Preprocessing {
  const fail = (field: string, message: string): never => {
    throw new AppError("INVALID_INPUT", message, { field: `preprocessing.${field}` });
  };
  for (const side of ["width", "height"] as const)
    if (!Number.isInteger(value[side]) || value[side] < 1 || value[side] > 1024) fail(side, `The ${side} must be from 1 to 1024 pixels.`);
  if (value.channels !== 1 && value.channels !== 3) fail("channels", "The number of channels must be 1 (grey) or 3 (RGB).");
  if (value.channelOrder !== "RGB" && value.channelOrder !== "BGR") fail("channelOrder", "The channel order must be RGB or BGR.");
  if (value.layout !== "NCHW" && value.layout !== "NHWC") fail("layout", "The layout must be NCHW or NHWC.");
  for (const field of ["mean", "deviation"] as const) {
    const numbers = value[field];
    if (numbers.length !== 1 && numbers.length !== value.channels) fail(field, `Give one ${field} for all channels, or one per channel.`);
    if (!numbers.every((number) => Number.isFinite(number) && Math.abs(number) <= 1e6))
      fail(field, `Each ${field} must be a number from -1,000,000 to 1,000,000.`);
  }
  if (value.deviation.some((number) => number <= 0)) fail("deviation", "A deviation must be above 0.");
  return value;
}
