/** What bounded attacks climb: the target's log-posterior, or, without a target, the negative one of the source. */
import { type AttackGoal, largestClass, type Wish } from "./attack.ts";

/** A weight a class, for a gradient of log-probabilities. */
export function objectiveWeights({ source, target, before }: AttackGoal): Float32Array {
  const weights = new Float32Array(before.logits.length);
  weights[target ?? source] = target === null ? -1 : 1;
  return weights;
}

/** From logits and in double precision, so that a certain network still tells better from worse. */
export function objectiveValue({ source, target }: AttackGoal, logits: Float32Array): number {
  const value = logProbability(logits, target ?? source);
  return target === null ? -value : value;
}

export function logProbability(logits: Float32Array, index: number): number {
  const largest = logits[largestClass(logits)] as number;
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - largest);
  return (logits[index] as number) - largest - Math.log(sum);
}

export function wishFor({ shape }: AttackGoal, pixels: Float32Array | Uint8Array, gradient: Wish["gradient"] = null): Wish {
  const { width, height, channels } = shape;
  return { image: { width, height, channels, pixels: Float32Array.from(pixels) }, gradient };
}
