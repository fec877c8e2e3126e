/** Measures success against the bound: one run per bound for a bounded attack; one run, compared by length, for a minimising attack. */
import { AppError } from "@pareidolia/core/appError";
import type { Norm } from "@pareidolia/core/norm";
import { normOf } from "./attack.ts";
import { type AttackResult, type RunAttackOptions, runAttack } from "./runAttack.ts";

export interface BoundPoint {
  /** In grey levels of the curve's norm. */
  readonly bound: number;
  readonly successes: number;
  readonly cases: number;
  /** By case: the result if it succeeds within the bound, otherwise null. */
  readonly results: readonly (AttackResult | null)[];
}

export interface SuccessCurve {
  readonly norm: Norm;
  readonly points: readonly BoundPoint[];
}

/** `bounds` must ascend. For a minimising attack, `norm` may differ from its own. */
export async function measureSuccess(
  options: RunAttackOptions & { readonly bounds: readonly number[]; readonly norm?: Norm },
): Promise<SuccessCurve> {
  const { attack, bounds, parameters } = options;
  if (bounds.length === 0 || bounds.some((bound, index) => !(bound >= 0) || (index > 0 && bound <= (bounds[index - 1] as number))))
    throw new AppError("INVALID_INPUT", "Bounds must be 0 or more, in ascending order.", { field: "bounds" });
  const own = normOf(attack, parameters);
  const norm = options.norm ?? own;
  if (attack.isBounded && norm !== own) throw new AppError("INVALID_INPUT", `${attack.label} is bounded in ${own}.`, { field: "norm" });
  const points: BoundPoint[] = [];
  const unbounded = attack.isBounded ? null : await runAttack(options);
  for (const bound of bounds) {
    const results = unbounded ?? (await runAttack({ ...options, parameters: { ...parameters, epsilon: bound } }));
    const within = results.map((result) => (result.success && result.distances[norm] <= bound ? result : null));
    points.push({ bound, successes: within.filter((result) => result !== null).length, cases: results.length, results: within });
  }
  return { norm, points };
}
