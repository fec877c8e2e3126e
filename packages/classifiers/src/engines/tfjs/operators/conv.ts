/** Conv in two spatial dimensions: plain, depthwise, or in groups that are computed one by one. */

import { intOr } from "@pareidolia/onnx/operators/attributeValues";
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
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
    const dilations: [number, number] = [...window.dilations];
    if (Math.max(...strides) > 1 && Math.max(...dilations) > 1) context.refuse("has both strides and dilations");
    if (depth * groups !== channels) context.refuse(`reads ${channels} channels with weights for ${depth * groups}`);
    const padded = padImages(context, images, window, 0);

    let result: Tensor;
    if (groups === 1) {
      const filter = context.kept("filter", [1], () => tf.transpose(weights, [2, 3, 1, 0])) as Tensor4D;
      result = tf.conv2d(padded.images, filter, strides, padded.pad, "NHWC", dilations);
    } else if (groups === channels && strides[0] === strides[1]) {
      const filter = context.kept("filter", [1], () =>
        tf.transpose(tf.reshape(weights, [channels, outputs / channels, ...kernel]), [2, 3, 0, 1]),
      ) as Tensor4D;
      result = tf.depthwiseConv2d(padded.images, filter, strides, padded.pad, "NHWC", dilations);
    } else {
      const share = outputs / groups;
      const parts = tf.split(padded.images, groups, 3).map((part, group) => {
        const filter = context.kept(`filter${group}`, [1], () =>
          tf.transpose(tf.slice(weights, [group * share, 0, 0, 0], [share, depth, kernel[0] as number, kernel[1] as number]), [2, 3, 1, 0]),
        ) as Tensor4D;
        return tf.conv2d(part as Tensor4D, filter, strides, padded.pad, "NHWC", dilations);
      });
      result = tf.concat(parts, 3);
    }
    const bias = context.findInput(2);
    return [channelsLast(bias === null ? result : tf.add(result, bias.tensor))];
  },
};
