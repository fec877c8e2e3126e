/** MaxPool. Padding never wins: it is lower than any finite pixel. */
import { findInts } from "@pareidolia/onnx/operators/attributeValues";
import type { OperatorTwin } from "../operatorTwin.ts";
import { asImages, channelsLast } from "../value.ts";
import { padImages, readWindow } from "../windows.ts";

const lowest = -3.4e38;

export const maxPoolTwin: OperatorTwin = {
  operator: "MaxPool",
  run(context) {
    const { tf, node } = context;
    if ((node.outputs[1] ?? "") !== "") context.refuse("returns the places of its maxima");
    const images = asImages(tf, context.input(0));
    const window = readWindow(context, [images.shape[1], images.shape[2]], findInts(node, "kernel_shape") ?? []);
    if (window.dilations.some((dilation) => dilation !== 1)) context.refuse("is dilated");
    const padded = padImages(context, images, window, lowest);
    return [channelsLast(tf.maxPool(padded.images, [...window.kernel], [...window.strides], padded.pad))];
  },
};
