/**
 * A regression tree on the levels of a sweep's axes (Breiman et al. 1984, chapter 8), and its marginal predictions: each leaf
 * covers a set of levels of each axis, so its share of the space is a product (Hutter, Hoos & Leyton-Brown 2014, algorithm 2).
 */
import type { Random } from "@pareidolia/core/random";
import type { Axis } from "./observations.ts";

export interface TreeOptions {
  readonly axes: readonly Axis[];
  /** The index of the level of each observation on each axis. */
  readonly levels: readonly (readonly number[])[];
  readonly results: readonly number[];
  /** Fewest observations of a leaf. */
  readonly leafSize: number;
  /** Number of axes tried at each split. */
  readonly tried: number;
  readonly random: Random;
}

interface Leaf {
  readonly value: number;
  /** For each axis, which of its levels the leaf covers. */
  readonly covered: readonly (readonly number[])[];
}

interface Split {
  readonly axis: number;
  readonly left: ReadonlySet<number>;
  readonly gain: number;
}

interface Group {
  readonly level: number;
  count: number;
  sum: number;
}

function chooseAxes(count: number, tried: number, random: Random): number[] {
  const all = Array.from({ length: count }, (_, axis) => axis);
  for (let i = 0; i < tried; i++) {
    const j = i + random.below(count - i);
    [all[i], all[j]] = [all[j] as number, all[i] as number];
  }
  return all.slice(0, tried);
}

/** Levels of one axis in the order in which they can be split: numbers by value, others by their mean (Breiman et al. 1984, theorem 4.5). */
function groupsOf(axis: number, members: readonly number[], { axes, levels, results }: TreeOptions): Group[] {
  const groups = new Map<number, Group>();
  for (const member of members) {
    const level = levels[member]?.[axis] as number;
    const group = groups.get(level) ?? { level, count: 0, sum: 0 };
    group.count += 1;
    group.sum += results[member] as number;
    groups.set(level, group);
  }
  const order = axes[axis]?.isNumeric
    ? (a: Group, b: Group) => a.level - b.level
    : (a: Group, b: Group) => a.sum / a.count - b.sum / b.count || a.level - b.level;
  return [...groups.values()].sort(order);
}

/** The levels left of a split after `groups[last]`: of a numeric axis also those without observations, up to half the way to the next. */
function leftOf(groups: readonly Group[], last: number, covered: readonly number[], isNumeric: boolean): Set<number> {
  if (!isNumeric) return new Set(groups.slice(0, last + 1).map(({ level }) => level));
  const border = ((groups[last]?.level as number) + (groups[last + 1]?.level as number)) / 2;
  return new Set(covered.filter((level) => level <= border));
}

function bestSplit(members: readonly number[], covered: Leaf["covered"], options: TreeOptions): Split | null {
  const { axes, results, leafSize, tried, random } = options;
  const total = members.reduce((sum, member) => sum + (results[member] as number), 0);
  let best: Split | null = null;
  for (const axis of chooseAxes(axes.length, tried, random)) {
    const groups = groupsOf(axis, members, options);
    let [count, sum] = [0, 0];
    for (let last = 0; last < groups.length - 1; last++) {
      count += groups[last]?.count as number;
      sum += groups[last]?.sum as number;
      const rest = members.length - count;
      if (count < leafSize || rest < leafSize) continue;
      const gain = sum ** 2 / count + (total - sum) ** 2 / rest - total ** 2 / members.length;
      if (gain <= 1e-12 * Math.max(1, Math.abs(total)) || (best !== null && gain <= best.gain)) continue;
      best = { axis, gain, left: leftOf(groups, last, covered[axis] as number[], axes[axis]?.isNumeric === true) };
    }
  }
  return best;
}

export function growTree(options: TreeOptions): readonly Leaf[] {
  const { axes, levels, results } = options;
  const leaves: Leaf[] = [];
  const grow = (members: readonly number[], covered: Leaf["covered"]): void => {
    const split = bestSplit(members, covered, options);
    if (split === null) {
      leaves.push({ value: members.reduce((sum, member) => sum + (results[member] as number), 0) / members.length, covered });
      return;
    }
    const { axis, left } = split;
    for (const side of [true, false]) {
      const isHere = (level: number): boolean => left.has(level) === side;
      grow(
        members.filter((member) => isHere(levels[member]?.[axis] as number)),
        covered.map((own, other) => (other === axis ? own.filter(isHere) : own)),
      );
    }
  };
  grow(
    results.map((_, member) => member),
    axes.map(({ levels: own }) => own.map((_, level) => level)),
  );
  return leaves;
}

/** For each axis, the mean of the prediction at each of its levels. */
export function treeMarginals(leaves: readonly Leaf[], axes: readonly Axis[]): readonly Float64Array[] {
  const marginals = axes.map(({ levels }) => new Float64Array(levels.length));
  for (const { value, covered } of leaves) {
    const shares = covered.map((own, axis) => own.length / (axes[axis]?.levels.length as number));
    const volume = shares.reduce((product, share) => product * share, 1);
    for (const [axis, own] of covered.entries()) {
      const others = volume / (shares[axis] as number);
      for (const level of own) (marginals[axis] as Float64Array)[level]! += value * others;
    }
  }
  return marginals;
}
