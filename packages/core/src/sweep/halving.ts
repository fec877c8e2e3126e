/**
 * Successive halving (Jamieson & Talwalkar 2016, "Non-stochastic best arm identification and hyperparameter optimization", section 3; Li et
 * al. 2020, "A system for massively parallel hyperparameter tuning", Algorithm 1). All points of a sweep run up to the first rung; the best
 * 1/eta of them continue to the next rung, which is eta times further, and so on. It is synchronous: a rung is decided when all its runs have
 * reached it or ended, so the decision depends on their results alone and not on the order in which workers delivered them. The
 * asynchronous variant of Li et al. keeps more workers busy, but stops other runs each time.
 */
import type { Limits } from "../runKinds/runKind.ts";

export interface HalvingRule {
  /** One of eta points continues; a whole number. */
  readonly eta: number;
  /** The first rung, in the resource of the kind of run: generations or evaluations. */
  readonly minimum: number;
}

export const halvingLimits = {
  eta: { minimum: 2, maximum: 10 },
  minimum: { minimum: 1, maximum: 1_000_000_000 },
} as const satisfies Readonly<Record<string, Limits>>;

/** The usual eta (Li et al. 2020, section 3.1). */
export const defaultEta = 3;

/** The resource at a rung, counted from 0. */
export function resourceOfRung({ eta, minimum }: HalvingRule, rung: number): number {
  return minimum * eta ** rung;
}

/** The resources of all rungs below the end of a run, in order; empty if the first one is not below it. */
export function rungsBelow(rule: HalvingRule, end: number): readonly number[] {
  const rungs: number[] = [];
  for (let rung = 0; resourceOfRung(rule, rung) < end; rung++) rungs.push(resourceOfRung(rule, rung));
  return rungs;
}

/** Points that continue of those that entered a rung: one of eta, and at least one. */
export function keptOf(entered: number, eta: number): number {
  return entered === 0 ? 0 : Math.max(1, Math.floor(entered / eta));
}

export interface RungEntry {
  /** Index of the point. */
  readonly point: number;
  /** In nines, of the runs that reached the rung. */
  readonly results: readonly number[];
}

export interface RankedPoint {
  readonly point: number;
  /** Median of the results; null without any. */
  readonly nines: number | null;
  /** Number of results. */
  readonly runs: number;
  /** From 1, the best. */
  readonly rank: number;
  readonly kept: boolean;
}

function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) return null;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

/**
 * Ranks the points of a rung by the median over their seeds, and keeps the best. Of equal points the one with the lower index comes first.
 * Points without results come last and are never kept. The order of the entries and of their results does not matter.
 */
export function decideRung(entries: readonly RungEntry[], eta: number): readonly RankedPoint[] {
  const most = keptOf(entries.length, eta);
  return entries
    .map(({ point, results }) => ({ point, nines: medianOf(results), runs: results.length }))
    .sort((a, b) => (b.nines ?? Number.NEGATIVE_INFINITY) - (a.nines ?? Number.NEGATIVE_INFINITY) || a.point - b.point)
    .map((entry, i) => ({ ...entry, rank: i + 1, kept: i < most && entry.nines !== null }));
}

/** How many points enter each rung, and last how many run to the end. */
export function pointsOfRungs(points: number, rungs: number, eta: number): readonly number[] {
  const entered = [points];
  for (let rung = 0; rung < rungs; rung++) entered.push(keptOf(entered[rung] as number, eta));
  return entered;
}

export interface RungCost {
  /** The resource at the end of the point's plan. */
  readonly end: number;
  /** Evaluations up to there. */
  readonly evaluations: number;
}

/** The most evaluations of one run of each point: those of the costliest points that may continue at each rung. */
export function mostEvaluations(rule: HalvingRule, costs: readonly RungCost[]): number {
  const rungs = rungsBelow(rule, Math.max(0, ...costs.map(({ end }) => end)));
  let before = 0;
  return pointsOfRungs(costs.length, rungs.length, rule.eta).reduce((sum, entered, rung) => {
    const to = rungs[rung] ?? Number.POSITIVE_INFINITY;
    const parts = costs.map(({ end, evaluations }) => (evaluations * (Math.min(to, end) - Math.min(before, end))) / end);
    before = to;
    return (
      sum +
      parts
        .sort((a, b) => b - a)
        .slice(0, entered)
        .reduce((all, part) => all + part, 0)
    );
  }, 0);
}
