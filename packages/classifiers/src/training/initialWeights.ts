/** Initial weights: Caffe's "xavier" filler, uniform in +-sqrt(3 / fan-in); biases are zero. */
import { Purpose, Random } from "@pareidolia/core/random";
import type { NetworkParameter } from "@pareidolia/onnx/graphs/network";

export function initialWeights(parameters: readonly NetworkParameter[], seed: number): Map<string, Float32Array> {
  const weights = new Map<string, Float32Array>();
  for (const [index, parameter] of parameters.entries()) {
    const random = new Random({ seed, generation: 0, index, purpose: Purpose.INITIALISE });
    const values = new Float32Array(parameter.dims.reduce((product, size) => product * size, 1));
    const bound = parameter.fanIn === 0 ? 0 : Math.sqrt(3 / parameter.fanIn);
    for (let i = 0; i < values.length; i++) values[i] = bound * (2 * random.uniform() - 1);
    weights.set(parameter.name, values);
  }
  return weights;
}
