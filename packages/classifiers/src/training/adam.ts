/** Adam (Kingma and Ba 2015, algorithm 1), in place on float32 weights, with its moments in float32 as well. */
export interface AdamOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

export class Adam {
  readonly #options: AdamOptions;
  readonly #first: readonly Float32Array[];
  readonly #second: readonly Float32Array[];
  /** beta1^t and beta2^t, by repeated multiplication: `Math.pow` may differ in its last bit between engines. */
  #decay1 = 1;
  #decay2 = 1;

  constructor(weights: readonly Float32Array[], options: AdamOptions = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }) {
    this.#options = options;
    this.#first = weights.map((values) => new Float32Array(values.length));
    this.#second = weights.map((values) => new Float32Array(values.length));
  }

  step(weights: readonly Float32Array[], gradients: readonly Float32Array[], learningRate: number): void {
    const { beta1, beta2, epsilon } = this.#options;
    this.#decay1 *= beta1;
    this.#decay2 *= beta2;
    const rate = (learningRate * Math.sqrt(1 - this.#decay2)) / (1 - this.#decay1);
    const floor = epsilon * Math.sqrt(1 - this.#decay2);
    for (const [index, values] of weights.entries()) {
      const gradient = gradients[index] as Float32Array;
      const first = this.#first[index] as Float32Array;
      const second = this.#second[index] as Float32Array;
      for (let i = 0; i < values.length; i++) {
        const g = gradient[i] as number;
        const m = beta1 * (first[i] as number) + (1 - beta1) * g;
        const v = beta2 * (second[i] as number) + (1 - beta2) * g * g;
        first[i] = m;
        second[i] = v;
        values[i] = (values[i] as number) - (rate * m) / (Math.sqrt(v) + floor);
      }
    }
  }
}
