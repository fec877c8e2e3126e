/**
 * Limited-memory BFGS within a box, by gradient projection (Bertsekas 1982; two-loop recursion of Nocedal 1980): values held at a
 * bound are excluded from the quasi-Newton direction, and the step is a projected backtracking search. It is a generator that yields
 * points and receives the function's value and gradient, so many minimisations can share a batch.
 */
export interface FunctionValue {
  readonly value: number;
  readonly gradient: Float64Array;
}

export interface Minimum {
  readonly point: Float64Array;
  readonly value: number;
  readonly iterations: number;
  /** True if the projected gradient's largest entry is within the tolerance. */
  readonly converged: boolean;
}

export interface MinimiserOptions {
  readonly start: Float64Array;
  readonly lower: number;
  readonly upper: number;
  readonly iterations: number;
  readonly tolerance: number;
  /** Number of difference pairs in the Hessian estimate. Default: 10. */
  readonly memory?: number;
}

interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  readonly curvature: number;
}

const sufficientDecrease = 1e-4;
const maximumHalvings = 25;

export function* minimiseWithin(options: MinimiserOptions): Generator<Float64Array, Minimum, FunctionValue> {
  const { lower, upper, tolerance, memory = 10 } = options;
  const clip = (value: number): number => Math.max(lower, Math.min(upper, value));
  let point: Float64Array = options.start.map(clip);
  let current: FunctionValue = yield point;
  let pairs: Pair[] = [];
  for (let iteration = 0; iteration < options.iterations; iteration++) {
    const { gradient } = current;
    const residual = point.reduce((most, x, i) => Math.max(most, Math.abs(clip(x - (gradient[i] as number)) - x)), 0);
    if (residual <= tolerance) return { point, value: current.value, iterations: iteration, converged: true };
    let next: { point: Float64Array; at: FunctionValue } | null = null;
    while (next === null) {
      const direction = descentDirection(point, gradient, pairs, { lower, upper });
      // Without curvature the gradient's scale is unknown: its largest entry is scaled to a hundredth of the box.
      const largest = pairs.length > 0 ? 0 : direction.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      let length = largest > 0 ? (0.01 * (upper - lower)) / largest : 1;
      for (let halving = 0; halving < maximumHalvings && next === null; halving++) {
        const trial = point.map((x, i) => clip(x + length * (direction[i] as number)));
        const at: FunctionValue = yield trial;
        const slope = trial.reduce((sum, x, i) => sum + (gradient[i] as number) * (x - (point[i] as number)), 0);
        if (slope < 0 && at.value <= current.value + sufficientDecrease * slope) next = { point: trial, at };
        length /= 2;
      }
      if (next === null && pairs.length === 0) return { point, value: current.value, iterations: iteration, converged: false };
      if (next === null) pairs = [];
    }
    pairs = remember(pairs, { from: point, to: next.point, before: gradient, after: next.at.gradient }, memory);
    point = next.point;
    current = next.at;
  }
  return { point, value: current.value, iterations: options.iterations, converged: false };
}

/** The negative estimate of the inverse Hessian times the gradient, over the values that are not held at a bound. */
function descentDirection(
  point: Float64Array,
  gradient: Float64Array,
  pairs: readonly Pair[],
  { lower, upper }: { lower: number; upper: number },
): Float64Array {
  const isFree = (i: number): boolean => {
    const slope = gradient[i] as number;
    const x = point[i] as number;
    return !((x <= lower && slope > 0) || (x >= upper && slope < 0));
  };
  const free = point.map((_, i) => (isFree(i) ? 1 : 0));
  const q = gradient.map((value, i) => value * (free[i] as number));
  const factors: number[] = [];
  for (const pair of pairs.toReversed()) {
    const factor = dot(pair.step, q) / pair.curvature;
    factors.push(factor);
    addMultiple(q, pair.change, -factor);
  }
  const latest = pairs.at(-1);
  if (latest !== undefined) {
    const scale = latest.curvature / dot(latest.change, latest.change);
    for (let i = 0; i < q.length; i++) q[i] = (q[i] as number) * scale;
  }
  for (const pair of pairs) {
    const factor = dot(pair.change, q) / pair.curvature;
    addMultiple(q, pair.step, (factors.pop() as number) - factor);
  }
  return q.map((value, i) => -value * (free[i] as number));
}

function remember(
  pairs: Pair[],
  { from, to, before, after }: { from: Float64Array; to: Float64Array; before: Float64Array; after: Float64Array },
  memory: number,
): Pair[] {
  const step = to.map((value, i) => value - (from[i] as number));
  const change = after.map((value, i) => value - (before[i] as number));
  const curvature = dot(step, change);
  // Only pairs of positive curvature keep the estimate positive definite and the direction a descent direction.
  if (curvature <= 1e-10 * Math.sqrt(dot(step, step) * dot(change, change))) return pairs;
  return [...pairs, { step, change, curvature }].slice(-memory);
}

function dot(first: Float64Array, second: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < first.length; i++) sum += (first[i] as number) * (second[i] as number);
  return sum;
}

function addMultiple(to: Float64Array, values: Float64Array, factor: number): void {
  for (let i = 0; i < to.length; i++) to[i] = (to[i] as number) + factor * (values[i] as number);
}
