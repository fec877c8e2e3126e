/**
 * Stochastic gradient descent as in Caffe's LeNet solver: momentum .9, weight decay 5e-4, and twice the learning rate for biases
 * (BVLC/caffe, examples/mnist: lenet_solver.prototxt and lenet_train_test.prototxt).
 */
import type { NetworkParameter } from "@pareidolia/onnx/graphs/network";

const momentum = 0.9;
const weightDecay = 5e-4;
const biasRate = 2;

export class Momentum {
  readonly #velocities: readonly Float32Array[];
  readonly #rates: readonly number[];

  constructor(weights: readonly Float32Array[], parameters: readonly NetworkParameter[]) {
    this.#velocities = weights.map((values) => new Float32Array(values.length));
    this.#rates = parameters.map(({ fanIn }) => (fanIn === 0 ? biasRate : 1));
  }

  step(weights: readonly Float32Array[], gradients: readonly Float32Array[], learningRate: number): void {
    for (const [index, values] of weights.entries()) {
      const gradient = gradients[index] as Float32Array;
      const velocity = this.#velocities[index] as Float32Array;
      const rate = learningRate * (this.#rates[index] as number);
      for (let i = 0; i < values.length; i++) {
        const value = values[i] as number;
        const next = momentum * (velocity[i] as number) + rate * ((gradient[i] as number) + weightDecay * value);
        velocity[i] = next;
        values[i] = value - next;
      }
    }
  }
}
