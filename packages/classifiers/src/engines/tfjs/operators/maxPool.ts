/** MaxPool. Padding is lower than any finite value, so it is never the maximum. */
import type { Tensor4D } from "@tensorflow/tfjs-core";
import { everyNth } from "../everyNth.ts";
import type { OperatorTwin } from "../operatorTwin.ts";
import type { TensorFlow } from "../tensorFlow.ts";
import { asImages, channelsLast } from "../value.ts";
import { padImages, readWindow, type SlidingWindow } from "../windows.ts";

const lowest = -3.4e38;

export const maxPoolTwin: OperatorTwin = {
  operator: "MaxPool",
  run(context) {
    const { tf, node } = context;
    if ((node.outputs[1] ?? "") !== "") context.refuse("returns the indices of its maxima");
    const images = asImages(tf, context.input(0));
    const window = readWindow(context, [images.shape[1], images.shape[2]]);
    if (window.dilations.some((dilation) => dilation !== 1)) {
      const { images: padded } = padImages(context, images, window, lowest, "explicit");
      return [channelsLast(dilatedMaxPool(tf, padded, window))];
    }
    const padded = padImages(context, images, window, lowest);
    return [channelsLast(tf.maxPool(padded.images, [...window.kernel], [...window.strides], padded.pad))];
  },
};

/** tfjs has no dilated pooling. This stacks a shifted image for each position of the window and pools over the stack. */
function dilatedMaxPool(tf: TensorFlow, images: Tensor4D, { kernel, strides, dilations, outputSize }: SlidingWindow): Tensor4D {
  const [batch, , , channels] = images.shape;
  const spans = ([0, 1] as const).map((axis) => (outputSize[axis] - 1) * strides[axis] + 1) as [number, number];
  const shifts = Array.from({ length: kernel[0] * kernel[1] }, (_, place) => {
    const [row, column] = [Math.floor(place / kernel[1]) * dilations[0], (place % kernel[1]) * dilations[1]];
    const shifted = tf.slice(images, [0, row, column, 0], [batch, spans[0], spans[1], channels]);
    return everyNth(tf, everyNth(tf, shifted, 1, strides[0]), 2, strides[1]);
  });
  const windows = tf.reshape(tf.stack(shifts, 3), [-1, shifts.length, 1, channels]) as Tensor4D;
  const maxima = tf.maxPool(windows, [shifts.length, 1], 1, "valid");
  return tf.reshape(maxima, [batch, outputSize[0], outputSize[1], channels]);
}
