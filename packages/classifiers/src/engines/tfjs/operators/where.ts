/** Where and Equal, element-wise. A condition is a float32 tensor of 0 and 1. */
import { withoutGradient } from "../inSteps.ts";
import type { OperatorTwin } from "../operatorTwin.ts";
import { inOneOrder } from "../value.ts";

export const equalTwin: OperatorTwin = {
  operator: "Equal",
  run({ tf, input }) {
    const { tensors, channelsLast } = inOneOrder(tf, [input(0), input(1)]);
    const [left, right] = tensors as [(typeof tensors)[0], (typeof tensors)[0]];
    return [{ tensor: withoutGradient(tf, [left, right], () => tf.cast(tf.equal(left, right), "float32")), channelsLast }];
  },
};

export const whereTwin: OperatorTwin = {
  operator: "Where",
  run({ tf, input }) {
    const { tensors, channelsLast } = inOneOrder(tf, [input(0), input(1), input(2)]);
    const [condition, chosen, other] = tensors as [(typeof tensors)[0], (typeof tensors)[0], (typeof tensors)[0]];
    const isTrue = withoutGradient(tf, [condition], () => tf.notEqual(condition, 0));
    return [{ tensor: tf.where(isTrue, chosen, other), channelsLast }];
  },
};
