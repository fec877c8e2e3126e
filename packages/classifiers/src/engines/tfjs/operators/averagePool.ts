/** AveragePool: the mean over the pixels of a window inside the image, without padding. */
import type { Tensor4D } from "@tensorflow/tfjs-core";
import type { OperatorTwin, TwinContext } from "../operatorTwin.ts";
import { asImages, channelsLast } from "../value.ts";
import { padImages, readWindow, type SlidingWindow } from "../windows.ts";

export const averagePoolTwin: OperatorTwin = {
  operator: "AveragePool",
  run(context) {
    const { tf } = context;
    const images = asImages(tf, context.input(0));
    const window = readWindow(context, [images.shape[1], images.shape[2]]);
    if (window.dilations.some((dilation) => dilation !== 1)) context.refuse("is dilated");
    const { images: padded, pad } = padImages(context, images, window, 0, "explicit");
    const means = tf.avgPool(padded, [...window.kernel], [...window.strides], pad);
    if ([...window.begin, ...window.end].every((amount) => amount === 0)) return [channelsLast(means)];
    return [channelsLast(tf.mul(means, paddingFactors(context, window, images)))];
  },
};

/** The window's size / its number of pixels inside the image, for each position of the output. */
function paddingFactors({ tf }: TwinContext, window: SlidingWindow, images: Tensor4D) {
  const [rows, columns] = ([0, 1] as const).map((axis) =>
    Array.from({ length: window.outputSize[axis] }, (_, place) => {
      const start = place * window.strides[axis] - window.begin[axis];
      return Math.min(start + window.kernel[axis], images.shape[axis + 1] as number) - Math.max(start, 0);
    }),
  ) as [number[], number[]];
  const area = window.kernel[0] * window.kernel[1];
  const factors = rows.flatMap((row) => columns.map((column) => area / (row * column)));
  return tf.tensor(factors, [1, rows.length, columns.length, 1], "float32");
}
