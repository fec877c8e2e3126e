/** What turns gradients into new weights, in place. A solver is made for one list of weights and keeps its own state beside them. */
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

/** The learning rate's share after so many steps of so many. */
export const schedules = {
  /** Falls to zero in a straight line. */
  linear: (step: number, steps: number): number => 1 - step / steps,
  /** Caffe's "inv" with gamma 1e-4 and power 3/4, by square roots: `Math.pow` may differ in its last bit between engines. */
  inverse: (step: number): number => {
    const root = Math.sqrt(1 + 1e-4 * step);
    return 1 / (root * Math.sqrt(root));
  },
} as const;
