/**
 * Caffe's LeNet as deployed by the paper's released code: conv 20@5x5, max pool 2, conv 50@5x5, max pool 2, 500 units, ReLU, 10 units.
 * The convolutions have no ReLU, so all values of a pooling window can be negative.
 */
import { convolution, dense, halve } from "./layers.ts";
import type { Network } from "./network.ts";

/** The retraining experiments use an eleventh class. */
export function leNet(classes = 10): Network {
  const conv1 = convolution("conv1", { inputs: 1, outputs: 20, side: 5 });
  const conv2 = convolution("conv2", { inputs: 20, outputs: 50, side: 5 });
  const dense1 = dense("dense1", { inputs: 800, outputs: 500 });
  const dense2 = dense("dense2", { inputs: 500, outputs: classes, node: "logits" });
  return {
    id: "lenet",
    input: { width: 28, height: 28, channels: 1 },
    classes,
    parameters: [conv1, conv2, dense1, dense2].flatMap((layer) => layer.parameters),
    addLogits(builder, image) {
      const pool1 = halve(builder, "pool1", conv1.add(builder, image));
      const pool2 = halve(builder, "pool2", conv2.add(builder, pool1));
      const features = builder.node("Flatten", "features", [pool2]);
      const relu = builder.node("Relu", "relu1", [dense1.add(builder, features)]);
      return dense2.add(builder, relu);
    },
  };
}
