/**
 * Adam (Kingma and Ba 2015) with its default decay rates, ascending on the gradient's direction: the gradient is first scaled to a root
 * mean square of 1. Otherwise the memory of earlier large gradients shrinks the steps when a posterior approaches 1 and its gradient
 * drops by orders of magnitude: on LeNet, the log-posterior stalled at .999.
 */
import type { UpdateRule } from "./updateRule.ts";

const firstDecay = 0.9;
const secondDecay = 0.999;
const epsilon = 1e-8;

export const adamRule: UpdateRule = {
  memoryArrays: 2,
  apply(offset, { gradient, step, settings, memory }) {
    const [first, second] = memory as [Float32Array, Float32Array];
    const firstBias = 1 - firstDecay ** (step + 1);
    const secondBias = 1 - secondDecay ** (step + 1);
    const scale = gradientScale(gradient);
    let square = 0;
    for (let i = 0; i < offset.length; i++) {
      const g = (gradient[i] as number) * scale;
      const m = firstDecay * (first[i] as number) + (1 - firstDecay) * g;
      const v = secondDecay * (second[i] as number) + (1 - secondDecay) * g * g;
      first[i] = m;
      second[i] = v;
      const change = (settings.stepSize * (m / firstBias)) / (Math.sqrt(v / secondBias) + epsilon);
      offset[i] = (offset[i] as number) + change;
      square += change * change;
    }
    return Math.sqrt(square);
  },
};

function gradientScale(gradient: Float32Array): number {
  let square = 0;
  for (const value of gradient) square += value * value;
  return square === 0 ? 0 : Math.sqrt(gradient.length / square);
}
