/** LRN. Unlike ONNX, tfjs does not divide alpha by the window's size, and its window is 2 x radius + 1, so always odd. */
import { floatOr, intOr } from "@pareidolia/onnx/operators/attributeValues";
import type { OperatorTwin } from "../operatorTwin.ts";
import { asImages, channelsLast } from "../value.ts";

export const lrnTwin: OperatorTwin = {
  operator: "LRN",
  run({ tf, node, input, refuse }) {
    const size = intOr(node, "size", 1);
    if (size % 2 === 0) refuse("has an even window");
    const images = asImages(tf, input(0));
    const alpha = floatOr(node, "alpha", 1e-4) / size;
    return [
      channelsLast(tf.localResponseNormalization(images, (size - 1) / 2, floatOr(node, "bias", 1), alpha, floatOr(node, "beta", 0.75))),
    ];
  },
};
