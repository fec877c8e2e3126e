/**
 * Another architecture for MNIST than LeNet, for transfer between networks: three convolutions of 3 x 3 that halve the image by their
 * strides, with ReLU, and no pooling.
 */
import { convolution, dense } from "./layers.ts";
import type { Network } from "./network.ts";

export function smallMnist(classes = 10): Network {
  const convolutions = [
    convolution("conv1", { inputs: 1, outputs: 24, side: 3, stride: 2, padding: 1 }),
    convolution("conv2", { inputs: 24, outputs: 48, side: 3, stride: 2, padding: 1 }),
    convolution("conv3", { inputs: 48, outputs: 96, side: 3, stride: 2, padding: 1 }),
  ];
  const last = dense("dense", { inputs: 96 * 4 * 4, outputs: classes, node: "logits" });
  return {
    id: "small-mnist",
    input: { width: 28, height: 28, channels: 1 },
    classes,
    parameters: [...convolutions, last].flatMap((layer) => layer.parameters),
    addLogits(builder, image) {
      let value = image;
      for (const [index, layer] of convolutions.entries()) value = builder.node("Relu", `relu${index + 1}`, [layer.add(builder, value)]);
      return last.add(builder, builder.node("Flatten", "features", [value]));
    },
  };
}
