/**
 * Whether two sets of objects match up: is the distance from each object of the first set to its own counterpart in the second smaller than
 * to the other counterparts? An exact permutation test: the counterparts are dealt to the objects in every possible order. With one object
 * per run, it tests whether a run leaves its mark on two things measured in it, with runs as the units.
 */
import { AppError } from "@pareidolia/core/appError";
import { permutationP } from "./permutation.ts";

export interface MatchingResult {
  /** Mean distance to the own counterpart. */
  readonly own: number;
  /** Mean distance to the others' counterparts. */
  readonly others: number;
  /** One-sided: share of all orders in which the mean distance is as small; at least 1 / (number of objects)!. */
  readonly p: number;
}

/** 8! = 40,320 orders. */
const mostObjects = 8;

/**
 * @param distances from object `row` of the first set to counterpart `column` of the second.
 * @throws AppError INVALID_INPUT unless there are as many rows as columns, from 2 to 8.
 */
export function matchingTest(distances: readonly (readonly number[])[]): MatchingResult {
  const count = distances.length;
  if (count < 2 || count > mostObjects || distances.some((row) => row.length !== count))
    throw new AppError("INVALID_INPUT", `A matching test needs a square matrix of distances between 2 to ${mostObjects} objects.`);
  const sumOf = (order: readonly number[]): number =>
    order.reduce((sum, column, row) => sum + ((distances[row] as readonly number[])[column] as number), 0);
  const [asTheyAre = [], ...deals] = ordersOf(count);
  const own = sumOf(asTheyAre);
  const all = distances.flat().reduce((sum, distance) => sum + distance, 0);
  return {
    own: own / count,
    others: (all - own) / (count * (count - 1)),
    p: permutationP(own, Float64Array.from(deals, sumOf), "less"),
  };
}

/** Every order of 0 to count - 1, the rising one first. */
function ordersOf(count: number): readonly (readonly number[])[] {
  let orders: readonly (readonly number[])[] = [[]];
  for (let place = 0; place < count; place++)
    orders = orders.flatMap((order) =>
      Array.from({ length: count }, (_, next) => next).flatMap((next) => (order.includes(next) ? [] : [[...order, next]])),
    );
  return orders;
}
