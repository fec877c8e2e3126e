/** BatchNormalization with stored statistics: one factor and one offset a channel. */
import { floatOr } from "@pareidolia/onnx/nodes/attributeValues";
import type { OperatorTwin } from "../operatorTwin.ts";
import { asImages, channelsLast, plain } from "../value.ts";

export const batchNormalizationTwin: OperatorTwin = {
  operator: "BatchNormalization",
  run(context) {
    const { tf, node, input } = context;
    const [scale, bias, mean, variance] = [input(1).tensor, input(2).tensor, input(3).tensor, input(4).tensor];
    const factor = context.cached("factor", [1, 4], () => tf.div(scale, tf.sqrt(tf.add(variance, floatOr(node, "epsilon", 1e-5)))));
    const offset = context.cached("offset", [1, 2, 3, 4], () => tf.sub(bias, tf.mul(mean, factor)));
    const value = input(0);
    const { rank } = value.tensor;
    if (rank < 2) context.refuse(`normalises ${rank} axes`);
    if (rank !== 4) {
      const stretched = [-1, ...Array<number>(rank - 2).fill(1)];
      return [plain(tf.add(tf.mul(value.tensor, tf.reshape(factor, stretched)), tf.reshape(offset, stretched)))];
    }
    return [channelsLast(tf.add(tf.mul(asImages(tf, value), factor), offset))];
  },
};
