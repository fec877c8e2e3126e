import { Purpose, Random } from "@pareidolia/core/random";
import { simulatedBinaryCrossover } from "@pareidolia/encodings/direct/crossover";
import { geneMutation } from "@pareidolia/encodings/direct/mutation";
import { polynomialMutation } from "@pareidolia/encodings/polynomialMutation";
import { describe, expect, it } from "vitest";

const stream = (seed: number) => new Random({ seed, generation: 0, index: 0, purpose: Purpose.MUTATE });

describe("polynomial mutation", () => {
  it("has mean 0 and, for eta 15, variance 2 / ((eta + 2)(eta + 3))", () => {
    // E[delta^2] = integral of (1 - t^(1/16))^2 over t in (0, 1) = 1 - 2 * 16/17 + 16/18 = 2 / (17 * 18).
    const random = stream(1);
    const mutate = polynomialMutation(15);
    const steps = Array.from({ length: 400_000 }, () => mutate(0.5, random) - 0.5);
    const mean = steps.reduce((a, b) => a + b, 0) / steps.length;
    const variance = steps.reduce((a, b) => a + b * b, 0) / steps.length;
    expect(Math.abs(mean)).toBeLessThan(6e-4);
    expect(variance / (2 / (17 * 18))).toBeCloseTo(1, 1.7);
  });

  it("follows the formula for r below and above one half", () => {
    const random = stream(2);
    const shadow = stream(2);
    for (const eta of [15, 10, 3]) {
      const mutate = polynomialMutation(eta);
      for (let i = 0; i < 200; i++) {
        const r = shadow.uniform();
        const delta = r < 0.5 ? (2 * r) ** (1 / (eta + 1)) - 1 : 1 - (2 * (1 - r)) ** (1 / (eta + 1));
        expect(mutate(0.5, random)).toBeCloseTo(Math.min(1, Math.max(0, 0.5 + delta)), 6);
      }
    }
  });

  it("mutates each gene with the probability of the rate, independently of its position", () => {
    const mutate = geneMutation(0.1, 15);
    const genome = new Float32Array(784).fill(0.5);
    const counts = new Float64Array(784);
    const perChild: number[] = [];
    for (let trial = 0; trial < 4000; trial++) {
      const child = mutate(genome, stream(trial));
      let changed = 0;
      for (let i = 0; i < 784; i++)
        if (child[i] !== 0.5) {
          counts[i] = (counts[i] as number) + 1;
          changed++;
        }
      perChild.push(changed);
    }
    const mean = perChild.reduce((a, b) => a + b, 0) / 4000;
    const variance = perChild.reduce((a, b) => a + (b - mean) ** 2, 0) / 4000;
    expect(mean).toBeGreaterThan(77.8);
    expect(mean).toBeLessThan(79);
    expect(variance).toBeGreaterThan(64); // The variance of the binomial distribution: 784 * .1 * .9 = 70.6.
    expect(variance).toBeLessThan(77);
    for (const place of [0, 1, 2, 391, 782, 783]) expect(Math.abs((counts[place] as number) / 4000 - 0.1)).toBeLessThan(0.025);
  });

  it("mutates no gene at rate 0 and every gene at rate 1", () => {
    const genome = new Float32Array(300).fill(0.5);
    expect(geneMutation(0, 15)(genome, stream(3))).toEqual(genome);
    expect(geneMutation(1, 15)(genome, stream(3)).filter((gene) => gene === 0.5)).toHaveLength(0);
  });

  it.each([2 ** -53, 1e-17, 1e-300, Number.MIN_VALUE])("terminates at a rate of %d, too small for any gene of an image", (rate) => {
    const genome = new Float32Array(300).fill(0.5);
    for (let seed = 0; seed < 20; seed++) expect(geneMutation(rate, 15)(genome, stream(seed))).toEqual(genome);
  });
});

describe("simulated binary crossover", () => {
  const random = stream(4);
  const parents = (): [Float32Array, Float32Array] => [
    Float32Array.from({ length: 5000 }, () => random.uniform()),
    Float32Array.from({ length: 5000 }, () => random.uniform()),
  ];

  it.each([0, 2.5, 10, 100])("keeps children in [0, 1] around their parents at eta %d", (eta) => {
    const [a, b] = parents();
    const [c, d] = simulatedBinaryCrossover(eta)(a, b, random);
    for (let i = 0; i < a.length; i++) {
      for (const gene of [c[i], d[i]] as number[]) expect(gene >= 0 && gene <= 1).toBe(true);
      expect(Math.min(c[i] as number, d[i] as number)).toBeLessThanOrEqual((a[i] as number) / 2 + (b[i] as number) / 2 + 1e-6);
    }
  });

  it("keeps shared genes, gives each child the larger value half of the time, and stays closer to the parents with a larger eta", () => {
    const [a, b] = parents();
    a[7] = b[7] = 0.25;
    const distance = (eta: number) => {
      const [c, d] = simulatedBinaryCrossover(eta)(a, b, stream(5));
      expect([c[7], d[7]]).toEqual([0.25, 0.25]);
      const larger = c.filter((gene, i) => gene > (d[i] as number)).length / c.length;
      expect(Math.abs(larger - 0.5)).toBeLessThan(0.04);
      return c.reduce((sum, gene, i) => sum + Math.min(Math.abs(gene - (a[i] as number)), Math.abs(gene - (b[i] as number))), 0);
    };
    expect(distance(100)).toBeLessThan(distance(10));
    expect(distance(10)).toBeLessThan(distance(1));
  });
});
