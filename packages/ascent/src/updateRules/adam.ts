/** Adam (Kingma and Ba 2015) with its usual decay rates, ascending. Its steps are in pixels, whatever the gradient's scale. */
import type { UpdateRule } from "./updateRule.ts";

const firstDecay = 0.9;
const secondDecay = 0.999;
/** Far below any useful gradient: with 1e-8, as usual for losses near 1, a posterior near 0 would not move. */
const epsilon = 1e-16;

export const adamRule: UpdateRule = {
  id: "adam",
  memoryArrays: 2,
  apply(offset, { gradient, step, settings, memory }) {
    const [first, second] = memory as [Float32Array, Float32Array];
    const firstBias = 1 - firstDecay ** (step + 1);
    const secondBias = 1 - secondDecay ** (step + 1);
    let square = 0;
    for (let i = 0; i < offset.length; i++) {
      const g = gradient[i] as number;
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
