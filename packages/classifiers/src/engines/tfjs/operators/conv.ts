/** Conv in two spatial dimensions: plain, depthwise, or with groups, which are computed one after another. */

import { intOr } from "@pareidolia/onnx/nodes/attributeValues";
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { dilatedFilter } from "../dilatedFilter.ts";
import type { OperatorTwin } from "../operatorTwin.ts";
import { asImages, channelsLast } from "../value.ts";
import { padImages, readWindow } from "../windows.ts";

export const convTwin: OperatorTwin = {
  operator: "Conv",
  run(context) {
    const { tf, node } = context;
    const images = asImages(tf, context.input(0));
    const weights = context.input(1).tensor as Tensor4D;
    const [, height, width, channels] = images.shape;
    const [outputs, depth, ...kernel] = weights.shape;
    const window = readWindow(context, [height, width], kernel);
    const groups = intOr(node, "group", 1);
    const strides: [number, number] = [...window.strides];
    const filterOf = (key: string, make: () => Tensor): Tensor4D =>
      context.cached(key, [1], () => dilatedFilter(tf, make() as Tensor4D, window.dilations)) as Tensor4D;
    if (depth * groups !== channels) context.refuse(`reads ${channels} channels with weights for ${depth * groups}`);
    const padded = padImages(context, images, window, 0);

    let result: Tensor;
    if (groups === 1) {
      const filter = filterOf("filter", () => tf.transpose(weights, [2, 3, 1, 0]));
      result = tf.conv2d(padded.images, filter, strides, padded.pad);
    } else if (groups === channels && strides[0] === strides[1]) {
      const filter = filterOf("filter", () => tf.transpose(tf.reshape(weights, [channels, outputs / channels, ...kernel]), [2, 3, 0, 1]));
      result = tf.depthwiseConv2d(padded.images, filter, strides, padded.pad);
    } else {
      const share = outputs / groups;
      const parts = tf.split(padded.images, groups, 3).map((part, group) => {
        const filter = filterOf(`filter${group}`, () =>
          tf.transpose(tf.slice(weights, [group * share, 0, 0, 0], [share, depth, kernel[0] as number, kernel[1] as number]), [2, 3, 1, 0]),
        );
        return tf.conv2d(part as Tensor4D, filter, strides, padded.pad);
      });
      result = tf.concat(parts, 3);
    }
    const bias = context.findInput(2);
    return [channelsLast(bias === null ? result : tf.add(result, bias.tensor))];
  },
};
