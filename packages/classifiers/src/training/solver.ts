/** Solvers update weights in place from their gradients. Each instance belongs to one list of weights and holds state for them. */
import type { NetworkParameter } from "@pareidolia/onnx/graphs/network";
import { Adam } from "./adam.ts";
import { Momentum } from "./momentum.ts";

export interface Solver {
  step(weights: readonly Float32Array[], gradients: readonly Float32Array[], learningRate: number): void;
}

export const solvers = {
  adam: (weights: readonly Float32Array[]): Solver => new Adam(weights),
  momentum: (weights: readonly Float32Array[], parameters: readonly NetworkParameter[]): Solver => new Momentum(weights, parameters),
} as const;

/** The factor of the learning rate after `step` of `steps` steps. */
export const schedules = {
  /** From 1 to 0, linearly. */
  linear: (step: number, steps: number): number => 1 - step / steps,
  /** Caffe's "inv" with gamma 1e-4 and power 3/4, by square roots: `Math.pow` may differ in its last bit between engines. */
  inverse: (step: number): number => {
    const root = Math.sqrt(1 + 1e-4 * step);
    return 1 / (root * Math.sqrt(root));
  },
} as const;
