/**
 * "Keep the better elite in each niche": commutative, associative and idempotent, like a maximum. Hence shards of one
 * generation can be evaluated anywhere and a result may be delivered twice. Equal fitness: the one born first.
 */
import { AppError } from "@pareidolia/core/appError";
import { compareBirth, type Elite } from "../lineage.ts";

function better<G>(a: Elite<G> | null, b: Elite<G> | null): Elite<G> | null {
  if (a === null || b === null) return a ?? b;
  if (a.fitness !== b.fitness) return a.fitness > b.fitness ? a : b;
  return compareBirth(a, b) <= 0 ? a : b;
}

/** @throws AppError INVALID_INPUT when the archives differ in their number of niches. */
export function mergeArchives<G>(first: readonly (Elite<G> | null)[], second: readonly (Elite<G> | null)[]): (Elite<G> | null)[] {
  if (first.length !== second.length)
    throw new AppError("INVALID_INPUT", `Archives of ${first.length} and ${second.length} niches cannot be merged.`);
  return first.map((elite, niche) => better(elite, second[niche] as Elite<G> | null));
}
