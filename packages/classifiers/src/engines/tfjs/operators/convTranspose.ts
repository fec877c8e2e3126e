/** ConvTranspose: the full transposed convolution, cropped by ONNX's padding. */

import { findInts, intOr } from "@pareidolia/onnx/nodes/attributeValues";
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { dilatedFilter } from "../dilatedFilter.ts";
import type { OperatorTwin } from "../operatorTwin.ts";
import { asImages, channelsLast } from "../value.ts";

export const convTransposeTwin: OperatorTwin = {
  operator: "ConvTranspose",
  run(context) {
    const { tf, node } = context;
    const images = asImages(tf, context.input(0));
    const weights = context.input(1).tensor as Tensor4D;
    const [batch, height, width] = images.shape;
    const [inputs, share, rows, columns] = weights.shape;
    const groups = intOr(node, "group", 1);
    const strides = findInts(node, "strides") ?? [1, 1];
    const pads = findInts(node, "pads") ?? [0, 0, 0, 0];
    const extra = findInts(node, "output_padding") ?? [0, 0];
    const [down = 1, across = 1] = findInts(node, "dilations") ?? [];
    const reach = [(rows - 1) * down + 1, (columns - 1) * across + 1] as const;
    const whole = [(height - 1) * (strides[0] as number) + reach[0], (width - 1) * (strides[1] as number) + reach[1]] as const;
    const parts = (groups === 1 ? [images] : tf.split(images, groups, 3)).map((part, group) => {
      const depth = inputs / groups;
      const filter = context.cached(`filter${group}`, [1], () => {
        const own = tf.slice(weights, [group * depth, 0, 0, 0], [depth, share, rows, columns]);
        return dilatedFilter(tf, tf.transpose(own, [2, 3, 1, 0]) as Tensor4D, [down, across]);
      }) as Tensor4D;
      return tf.conv2dTranspose(part as Tensor4D, filter, [batch, ...whole, share], [...strides] as [number, number], "valid");
    });
    const full = (parts.length === 1 ? parts[0] : tf.concat(parts, 3)) as Tensor4D;
    const outputSize = [0, 1].map(
      (axis) => (whole[axis] as number) + (extra[axis] as number) - (pads[axis] as number) - (pads[axis + 2] as number),
    );
    const grown = extra.every((amount) => amount === 0)
      ? full
      : tf.pad(full, [
          [0, 0],
          [0, extra[0] as number],
          [0, extra[1] as number],
          [0, 0],
        ]);
    const result: Tensor = pads.every((amount) => amount === 0)
      ? grown
      : tf.slice(
          grown,
          [0, pads[0] as number, pads[1] as number, 0],
          [batch, outputSize[0] as number, outputSize[1] as number, share * groups],
        );
    const bias = context.findInput(2);
    return [channelsLast(bias === null ? result : tf.add(result, bias.tensor))];
  },
};
