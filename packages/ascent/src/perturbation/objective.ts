/** The objective of bounded attacks: the target's log-posterior, or the negative log-posterior of the source if there is no target. */
import { type AttackGoal, type EvaluationRequest, largestClass } from "./attack.ts";

/** One weight per class, for a gradient of log-probabilities. */
export function objectiveWeights({ source, target, before }: AttackGoal): Float32Array {
  const weights = new Float32Array(before.logits.length);
  weights[target ?? source] = target === null ? -1 : 1;
  return weights;
}

/** Computed from logits in double precision, which resolves differences even for a network that is certain. */
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

export function evaluationRequest(
  { shape }: AttackGoal,
  pixels: Float32Array | Uint8Array,
  gradient: EvaluationRequest["gradient"] = null,
): EvaluationRequest {
  const { width, height, channels } = shape;
  return { image: { width, height, channels, pixels: Float32Array.from(pixels) }, gradient };
}
