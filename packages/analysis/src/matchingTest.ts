/**
 * Tests whether two sets of objects match: whether the objects of the first set are closer to their own counterparts in the second set
 * than to the others. An exact permutation test over all assignments of counterparts to objects. With one object per run, it tests
 * whether two measurements of a run share its characteristics, with runs as the units.
 */
import { AppError } from "@pareidolia/core/appError";
import { permutationP } from "./permutation.ts";

export interface MatchingResult {
  /** Mean distance to an object's own counterpart. */
  readonly own: number;
  /** Mean distance to the counterparts of other objects. */
  readonly others: number;
  /** One-sided: share of all orders in which the mean distance is as small; at least 1 / (number of objects)!. */
  readonly p: number;
}

/** 8! = 40,320 orders. */
const maximumObjects = 8;

/**
 * @param distances from object `row` of the first set to counterpart `column` of the second.
 * @throws AppError INVALID_INPUT unless there are as many rows as columns, from 2 to 8.
 */
export function matchingTest(distances: readonly (readonly number[])[]): MatchingResult {
  const count = distances.length;
  if (count < 2 || count > maximumObjects || distances.some((row) => row.length !== count))
    throw new AppError("INVALID_INPUT", `A matching test needs a square matrix of distances between 2 and ${maximumObjects} objects.`);
  const sumOf = (order: readonly number[]): number =>
    order.reduce((sum, column, row) => sum + ((distances[row] as readonly number[])[column] as number), 0);
  const [identity = [], ...deals] = ordersOf(count);
  const own = sumOf(identity);
  const all = distances.flat().reduce((sum, distance) => sum + distance, 0);
  return {
    own: own / count,
    others: (all - own) / (count * (count - 1)),
    p: permutationP(own, Float64Array.from(deals, sumOf), "less"),
  };
}

/** All permutations of 0 to count - 1, the identity first. */
function ordersOf(count: number): readonly (readonly number[])[] {
  let orders: readonly (readonly number[])[] = [[]];
  for (let length = 0; length < count; length++)
    orders = orders.flatMap((order) =>
      Array.from({ length: count }, (_, next) => next).flatMap((next) => (order.includes(next) ? [] : [[...order, next]])),
    );
  return orders;
}
