/**
 * A second MNIST architecture besides LeNet, for transfer experiments: three 3 x 3 convolutions with ReLU, max pool 2 after the first
 * two, and a dense layer without hidden units.
 */
import { convolution, dense, halve } from "./layers.ts";
import type { Network } from "./network.ts";

export function smallMnist(classes = 10): Network {
  const conv1 = convolution("conv1", { inputs: 1, outputs: 24, side: 3, padding: 1 });
  const conv2 = convolution("conv2", { inputs: 24, outputs: 32, side: 3, padding: 1 });
  const conv3 = convolution("conv3", { inputs: 32, outputs: 48, side: 3 });
  const last = dense("dense", { inputs: 48 * 5 * 5, outputs: classes, node: "logits" });
  return {
    id: "small-mnist",
    input: { width: 28, height: 28, channels: 1 },
    classes,
    parameters: [conv1, conv2, conv3, last].flatMap((layer) => layer.parameters),
    addLogits(builder, image) {
      const pool1 = halve(builder, "pool1", builder.node("Relu", "relu1", [conv1.add(builder, image)]));
      const pool2 = halve(builder, "pool2", builder.node("Relu", "relu2", [conv2.add(builder, pool1)]));
      const relu3 = builder.node("Relu", "relu3", [conv3.add(builder, pool2)]);
      return last.add(builder, builder.node("Flatten", "features", [relu3]));
    },
  };
}
