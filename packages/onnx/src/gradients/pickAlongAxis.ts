/**
 * The gradient of picking positions along one axis: each input position takes the sum of the gradients of the output positions that copy
 * it. There are four cases. Picks that form a few runs of neighbours (a mirrored, repeated or wrapped border): each run is cut out and
 * padded to its place on the input. Few picks per position: one Gather per pick, added up. Many picks of one position: the gradients are
 * scattered over zeros, so the cost grows only with the output. No picks: zeros.
 */
import { int } from "../graphBuilder.ts";
import type { GradientContext } from "../operators/operatorRule.ts";
import type { Shape } from "../shapes/shape.ts";

export interface Picks {
  /** Shape of the gradient. */
  readonly shape: Shape;
  readonly axis: number;
  /** Size of the input along that axis. */
  readonly size: number;
  /** The input position of each output position. */
  readonly positions: readonly number[];
  readonly suffix: string;
}

const maxRuns = 4;
const maxGathers = 4;

export function gradientOfPicks(context: GradientContext, gradient: string, picks: Picks): string {
  if (picks.positions.length === 0) return zeros(context, gradient, picks);
  const runs = findRuns(picks.positions);
  if (runs !== null) return sumOfRuns(context, gradient, picks, runs);
  const rounds = findRounds(picks);
  return rounds === null ? scattered(context, gradient, picks) : sumOfGathers(context, gradient, picks, rounds);
}

/** Neighbours on the output that are also neighbours on the input (forwards or backwards), or copies of one position. */
interface Run {
  readonly start: number;
  readonly first: number;
  length: number;
  step: number;
}

/** Null if there are too many runs. */
function findRuns(positions: readonly number[]): readonly Run[] | null {
  const runs: Run[] = [];
  for (const [start, position] of positions.entries()) {
    const run = runs.at(-1);
    const step = position - (positions[start - 1] ?? position);
    if (run !== undefined && Math.abs(step) <= 1 && (run.length === 1 || run.step === step)) {
      run.length++;
      run.step = step;
    } else if (runs.push({ start, first: position, length: 1, step: 1 }) > maxRuns) return null;
  }
  return runs;
}

function sumOfRuns({ builder, name }: GradientContext, gradient: string, picks: Picks, runs: readonly Run[]): string {
  const { shape, axis, size, positions, suffix } = picks;
  const parts = runs.map(({ start, first, length, step }, index) => {
    const label = (part: string): string => name(`${suffix}${part}${index}`);
    let part = gradient;
    if (step < 0) {
      const backwards = Array.from({ length }, (_, at) => start + length - 1 - at);
      part = builder.node("Gather", label("Turned"), [part, builder.integers(label("Backwards"), backwards)], { axis: int(axis) });
    } else if (length < positions.length) {
      const bounds = [start, start + length, axis].map((value, place) => builder.integers(label(`Bound${place}.`), [value]));
      part = builder.node("Slice", label("Cut"), [part, ...bounds]);
    }
    if (step === 0) part = builder.node("ReduceSum", label("Total"), [part, builder.integers(label("Axis"), [axis])], { keepdims: int(1) });
    const begin = step < 0 ? first - length + 1 : first;
    const end = size - begin - (step === 0 ? 1 : length);
    if (begin === 0 && end === 0) return part;
    const none = shape.map(() => 0);
    return builder.node("Pad", label("Placed"), [
      part,
      builder.integers(label("Pads"), [...none.with(axis, begin), ...none.with(axis, end)]),
    ]);
  });
  return parts.length === 1 ? (parts[0] ?? "") : builder.node("Sum", name(`${suffix}Sum`), parts);
}

/**
 * For each round, the output position whose gradient each input position takes, or the position after the last for none. Null if more
 * than `maxGathers` rounds are needed.
 */
function findRounds({ size, positions }: Picks): readonly number[][] | null {
  const pickCounts = new Int32Array(size);
  const rounds: number[][] = [];
  for (const [output, position] of positions.entries()) {
    const round = pickCounts[position] ?? 0;
    pickCounts[position] = round + 1;
    if (round === maxGathers) return null;
    const sources = rounds[round] ?? Array.from({ length: size }, () => positions.length);
    rounds[round] = sources;
    sources[position] = output;
  }
  return rounds;
}

function sumOfGathers({ builder, name }: GradientContext, gradient: string, picks: Picks, rounds: readonly number[][]): string {
  const { shape, axis, positions, suffix } = picks;
  const none = shape.map(() => 0);
  // Unpicked positions take the zero padded after the last position.
  const complete = rounds.every((sources) => !sources.includes(positions.length));
  const source = complete
    ? gradient
    : builder.node("Pad", name(`${suffix}Padded`), [gradient, builder.integers(name(`${suffix}Pads`), [...none, ...none.with(axis, 1)])]);
  const parts = rounds.map((sources, round) =>
    builder.node("Gather", name(`${suffix}Part${round}`), [source, builder.integers(name(`${suffix}Indices${round}`), sources)], {
      axis: int(axis),
    }),
  );
  return parts.length === 1 ? (parts[0] ?? "") : builder.node("Sum", name(`${suffix}Sum`), parts);
}

/** Zeros in the shape of the input. */
function zeros({ builder, name }: GradientContext, gradient: string, { shape, axis, size, suffix }: Picks): string {
  const sizes = (part: string, from: number, to: number): string[] =>
    from === to ? [] : [builder.node("Shape", name(`${suffix}${part}`), [gradient], { start: int(from), end: int(to) })];
  const dims = [...sizes("Before", 0, axis), builder.integers(name(`${suffix}Size`), [size]), ...sizes("After", axis + 1, shape.length)];
  const target = builder.node("Concat", name(`${suffix}Shape`), dims, { axis: int(0) });
  return builder.node("ConstantOfShape", name(`${suffix}Zeros`), [target]);
}

function scattered(context: GradientContext, gradient: string, picks: Picks): string {
  const { builder, name } = context;
  const { shape, axis, positions, suffix } = picks;
  const column = shape.map((_, other) => (other === axis ? positions.length : 1));
  const whole = builder.node("Shape", name(`${suffix}Whole`), [gradient]);
  const places = builder.node("Expand", name(`${suffix}Places`), [builder.integers(name(`${suffix}Indices`), positions, column), whole]);
  return builder.node("ScatterElements", name(`${suffix}Scattered`), [zeros(context, gradient, picks), places, gradient], {
    axis: int(axis),
    reduction: { kind: "string", value: "add" },
  });
}
