/** GlobalAveragePool and GlobalMaxPool. The maximum is a max pooling with one window, so its gradient goes to a single pixel even on ties. */
import type { OperatorTwin } from "../operatorTwin.ts";
import { asImages, channelsLast } from "../value.ts";

export const globalAveragePoolTwin: OperatorTwin = {
  operator: "GlobalAveragePool",
  run: ({ tf, input }) => [channelsLast(tf.mean(asImages(tf, input(0)), [1, 2], true))],
};

export const globalMaxPoolTwin: OperatorTwin = {
  operator: "GlobalMaxPool",
  run({ tf, input }) {
    const images = asImages(tf, input(0));
    return [channelsLast(tf.maxPool(images, [images.shape[1], images.shape[2]], 1, "valid"))];
  },
};
