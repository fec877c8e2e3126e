/**
 * SoftmaxCrossEntropyLoss, mean over the batch: the gradient of the scores is (softmax - one-hot) / batch times the gradient of the
 * loss.
 */
import { int } from "../graphBuilder.ts";
import { textOr } from "../nodes/attributeValues.ts";
import { refuse } from "../nodes/refuse.ts";
import type { OperatorRule } from "./operatorRule.ts";

export const softmaxCrossEntropyLossRule: OperatorRule = {
  operator: "SoftmaxCrossEntropyLoss",
  infer: () => [{ shape: [] }],
  differentiate({ node, builder, outputGradient, needsGradient, name }) {
    if (!needsGradient(0)) return [null, null];
    if (textOr(node, "reduction", "mean") !== "mean" || node.inputs.length !== 2)
      refuse(node, "is weighted or not a mean: its gradient is not supported");
    const [scores = "", labels = ""] = node.inputs;
    const softmax = builder.node("Softmax", name("softmax"), [scores], { axis: int(1) });
    const shape = builder.node("Shape", name("shape"), [softmax]);
    const classes = builder.node("Gather", name("classes"), [shape, builder.integers(name("one"), [1], [1])]);
    const offAndOn = builder.floats(name("offAndOn"), [2], Float32Array.of(0, 1));
    const oneHot = builder.node("OneHot", name("oneHot"), [labels, classes, offAndOn], { axis: int(1) });
    const difference = builder.node("Sub", name("difference"), [softmax, oneHot]);
    const count = builder.node("Cast", name("count"), [builder.node("Size", name("size"), [labels])], { to: int(1) });
    const scale = builder.node("Div", name("scale"), [outputGradient, count]);
    return [builder.node("Mul", name("scores"), [difference, scale]), null];
  },
};
