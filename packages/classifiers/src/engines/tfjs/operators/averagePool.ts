/** AveragePool: the mean over what counts, which at a border is less than a whole window unless padding counts too. */

import { findInts, intOr } from "@pareidolia/onnx/operators/attributeValues";
import type { Tensor4D } from "@tensorflow/tfjs-core";
import type { OperatorTwin, TwinContext } from "../operatorTwin.ts";
import { asImages, channelsLast } from "../value.ts";
import { padImages, readWindow, type SlidingWindow } from "../windows.ts";

export const averagePoolTwin: OperatorTwin = {
  operator: "AveragePool",
  run(context) {
    const { tf, node } = context;
    const images = asImages(tf, context.input(0));
    const window = readWindow(context, [images.shape[1], images.shape[2]], findInts(node, "kernel_shape") ?? []);
    if (window.dilations.some((dilation) => dilation !== 1)) context.refuse("is dilated");
    const { images: padded, pad } = padImages(context, images, window, 0, "explicit");
    const means = tf.avgPool(padded, [...window.kernel], [...window.strides], pad);
    if ([...window.begin, ...window.end].every((amount) => amount === 0)) return [channelsLast(means)];
    return [channelsLast(tf.mul(means, wholeOverCounted(context, window, images)))];
  },
};

/** Window size / number of pixels that count, for each place of the output. */
function wholeOverCounted({ tf, node }: TwinContext, window: SlidingWindow, images: Tensor4D) {
  const paddingCounts = intOr(node, "count_include_pad", 0) === 1;
  const counts = ([0, 1] as const).map((axis) =>
    Array.from({ length: window.outputSize[axis] }, (_, place) => {
      const start = place * window.strides[axis] - window.begin[axis];
      const length = images.shape[axis + 1] as number;
      const low = paddingCounts ? -window.begin[axis] : 0;
      const high = paddingCounts ? length + window.end[axis] - window.overhang[axis] : length;
      return Math.min(start + window.kernel[axis], high) - Math.max(start, low);
    }),
  );
  const [rows = [], columns = []] = counts;
  const area = window.kernel[0] * window.kernel[1];
  const factors = rows.flatMap((row) => columns.map((column) => area / (row * column)));
  return tf.tensor(factors, [1, rows.length, columns.length, 1], "float32");
}
