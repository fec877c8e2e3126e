/** LeNet in plain loops and double precision, written from its description: the reference for engines. */
import type { Tensor } from "@pareidolia/onnx/graph";

type Volume = { readonly channels: number; readonly side: number; readonly values: Float64Array };

export function referenceLeNet(tensors: readonly Tensor[], pixels: ArrayLike<number>): Float64Array {
  const find = (name: string): ArrayLike<number> => {
    const tensor = tensors.find((candidate) => candidate.name === name);
    if (tensor?.type !== "float32") throw new Error(`${name} is missing`);
    return tensor.data;
  };
  const mean = find("preprocess.mean");
  const values = Float64Array.from(mean, (average, index) => ((pixels[index] as number) - average) / 256);
  const first = pool(convolve({ channels: 1, side: 28, values }, find("conv1.weights"), find("conv1.bias"), 20));
  const second = pool(convolve(first, find("conv2.weights"), find("conv2.bias"), 50));
  const hidden = connect(second.values, find("dense1.weights"), find("dense1.bias")).map((value) => Math.max(0, value));
  const logits = connect(hidden, find("dense2.weights"), find("dense2.bias"));
  const largest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

function convolve(input: Volume, weights: ArrayLike<number>, bias: ArrayLike<number>, filters: number): Volume {
  const side = input.side - 4;
  const values = new Float64Array(filters * side * side);
  for (let filter = 0; filter < filters; filter++)
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++) {
        let sum = bias[filter] as number;
        for (let channel = 0; channel < input.channels; channel++)
          for (let v = 0; v < 5; v++)
            for (let u = 0; u < 5; u++)
              sum +=
                (weights[((filter * input.channels + channel) * 5 + v) * 5 + u] as number) *
                (input.values[(channel * input.side + y + v) * input.side + x + u] as number);
        values[(filter * side + y) * side + x] = sum;
      }
  return { channels: filters, side, values };
}

function pool(input: Volume): Volume {
  const side = input.side / 2;
  const values = new Float64Array(input.channels * side * side);
  for (let channel = 0; channel < input.channels; channel++)
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++) {
        let largest = Number.NEGATIVE_INFINITY;
        for (let v = 0; v < 2; v++)
          for (let u = 0; u < 2; u++)
            largest = Math.max(largest, input.values[(channel * input.side + 2 * y + v) * input.side + 2 * x + u] as number);
        values[(channel * side + y) * side + x] = largest;
      }
  return { channels: input.channels, side, values };
}

function connect(input: Float64Array, weights: ArrayLike<number>, bias: ArrayLike<number>): Float64Array {
  return Float64Array.from(bias, (start, unit) =>
    input.reduce((sum, value, index) => sum + value * (weights[unit * input.length + index] as number), start),
  );
}
