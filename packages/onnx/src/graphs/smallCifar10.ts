/**
 * A small convolutional network for CIFAR-10 that two cores train in minutes: three blocks of 3 x 3 convolution, ReLU and max pool 2,
 * then one dense layer.
 */
import { convolution, dense, halve } from "./layers.ts";
import type { Network } from "./network.ts";

export function smallCifar10(classes = 10): Network {
  const convolutions = [
    convolution("conv1", { inputs: 3, outputs: 32, side: 3, padding: 1 }),
    convolution("conv2", { inputs: 32, outputs: 64, side: 3, padding: 1 }),
    convolution("conv3", { inputs: 64, outputs: 64, side: 3, padding: 1 }),
  ];
  const last = dense("dense", { inputs: 64 * 4 * 4, outputs: classes, node: "logits" });
  return {
    id: "small-cifar10",
    input: { width: 32, height: 32, channels: 3 },
    classes,
    parameters: [...convolutions, last].flatMap((layer) => layer.parameters),
    addLogits(builder, image) {
      let value = image;
      for (const [index, layer] of convolutions.entries()) {
        const relu = builder.node("Relu", `relu${index + 1}`, [layer.add(builder, value)]);
        value = halve(builder, `pool${index + 1}`, relu);
      }
      return last.add(builder, builder.node("Flatten", "features", [value]));
    },
  };
}
