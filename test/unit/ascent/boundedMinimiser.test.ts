/** The box-constrained quasi-Newton minimiser, on functions with a known minimum. */

import { type FunctionValue, type MinimiserOptions, type Minimum, minimiseWithin } from "@pareidolia/ascent/perturbation/boundedMinimiser";
import { Purpose, Random } from "@pareidolia/core/random";
import { describe, expect, it } from "vitest";

function minimise(
  evaluate: (x: Float64Array) => FunctionValue,
  options: MinimiserOptions,
): Minimum & { evaluations: number; points: Float64Array[] } {
  const process = minimiseWithin(options);
  const points: Float64Array[] = [];
  let next = process.next();
  while (!next.done) {
    points.push(next.value);
    next = process.next(evaluate(next.value));
  }
  return { ...next.value, evaluations: points.length, points };
}

const defaults = { lower: 0, upper: 1, iterations: 300, tolerance: 5e-8 };

function noise(count: number, seed: number): Float64Array {
  const random = new Random({ seed, generation: 0, index: 0, purpose: Purpose.NOISE });
  return Float64Array.from({ length: count }, () => random.uniform() * 2 - 1);
}

/** x'(B'B + I)x / 2 - b'x, with its gradient. */
function quadratic(size: number, seed: number): (x: Float64Array) => FunctionValue {
  const factor = noise(size * size, seed);
  const linear = noise(size, seed + 1).map((value) => 3 * value);
  return (x) => {
    const bx = Float64Array.from({ length: size }, (_, row) =>
      x.reduce((sum, value, i) => sum + (factor[row * size + i] as number) * value, 0),
    );
    const gradient = x.map(
      (value, i) => value - (linear[i] as number) + bx.reduce((sum, b, row) => sum + (factor[row * size + i] as number) * b, 0),
    );
    const curved = (bx.reduce((s, v) => s + v * v, 0) + x.reduce((s, v) => s + v * v, 0)) / 2;
    return { value: curved - x.reduce((sum, v, i) => sum + v * (linear[i] as number), 0), gradient };
  };
}

describe("the bounded minimiser", () => {
  it("finds the clipped centre of a separable quadratic at any scale", () => {
    const centre = Float64Array.of(-0.5, 0.2, 0.7, 1.9, 0.5);
    const scale = Float64Array.of(1, 100, 0.01, 5, 1000);
    const found = minimise(
      (x) => ({
        value: x.reduce((sum, v, i) => sum + (scale[i] as number) * (v - (centre[i] as number)) ** 2, 0),
        gradient: x.map((v, i) => 2 * (scale[i] as number) * (v - (centre[i] as number))),
      }),
      { ...defaults, start: Float64Array.of(0.5, 0.5, 0.5, 0.5, 0.1) },
    );
    expect(found.converged).toBe(true);
    for (const [i, value] of [0, 0.2, 0.7, 1, 0.5].entries()) expect(found.point[i]).toBeCloseTo(value, 6);
  });

  it.each([1, 2, 3, 4, 5])("finds a point of a coupled quadratic that no move within the box improves (case %i)", (seed) => {
    const evaluate = quadratic(12, seed * 10);
    const found = minimise(evaluate, { ...defaults, start: new Float64Array(12).fill(0.5) });
    const { gradient } = evaluate(found.point);
    for (const [i, x] of found.point.entries()) {
      const slope = gradient[i] as number;
      if (x <= 0) expect(slope).toBeGreaterThan(-1e-7);
      else if (x >= 1) expect(slope).toBeLessThan(1e-7);
      else expect(Math.abs(slope)).toBeLessThan(1e-7);
    }
    expect(found.converged).toBe(true);
    expect(found.point.some((x) => x <= 0 || x >= 1)).toBe(true);
  });

  it("needs far fewer evaluations of an ill-conditioned quadratic than steepest descent", () => {
    const scale = Float64Array.from({ length: 30 }, (_, i) => 10 ** (i / 10));
    const found = minimise(
      (x) => ({
        value: x.reduce((sum, v, i) => sum + (scale[i] as number) * (v - 0.3) ** 2, 0),
        gradient: x.map((v, i) => 2 * (scale[i] as number) * (v - 0.3)),
      }),
      { ...defaults, tolerance: 1e-6, start: new Float64Array(30).fill(0.9) },
    );
    expect(found.converged).toBe(true);
    expect(found.evaluations).toBeLessThan(300);
  });

  it("follows Rosenbrock's valley to its minimum without leaving the box", () => {
    const found = minimise(
      ([x = 0, y = 0]) => ({
        value: (1 - x) ** 2 + 100 * (y - x * x) ** 2,
        gradient: Float64Array.of(-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)),
      }),
      { ...defaults, lower: -2, upper: 2, tolerance: 1e-8, start: Float64Array.of(-1.2, 1) },
    );
    expect(found.point[0]).toBeCloseTo(1, 5);
    expect(found.point[1]).toBeCloseTo(1, 5);
    expect(found.points.every((point) => point.every((value) => value >= -2 && value <= 2))).toBe(true);
  });

  it("stops at once if it starts at the minimum, and after its iterations if it does not reach it", () => {
    const evaluate = quadratic(12, 70);
    const there = minimise(evaluate, { ...defaults, start: new Float64Array(12).fill(0.5) });
    expect(minimise(evaluate, { ...defaults, tolerance: 1e-6, start: there.point })).toMatchObject({
      iterations: 0,
      evaluations: 1,
      converged: true,
    });
    expect(minimise(evaluate, { ...defaults, iterations: 2, start: new Float64Array(12).fill(0.5) })).toMatchObject({
      iterations: 2,
      converged: false,
    });
  });

  it("reports no convergence if no step lowers the function", () => {
    const found = minimise((x) => ({ value: x[0] === 0.5 ? 0 : 1, gradient: Float64Array.of(1) }), {
      ...defaults,
      start: Float64Array.of(0.5),
    });
    expect(found).toMatchObject({ converged: false, value: 0 });
    expect(found.point[0]).toBe(0.5);
  });
});
