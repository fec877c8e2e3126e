/**
 * Counts the rows of a whole list when a query selects the total. By default the count stops above `largestCount`, which keeps it cheap for
 * a list of any length. An exact count may be slow, and queues with other expensive queries.
 */
import type { CountRequest } from "@pareidolia/persistence/database/countRows";
import type { Database } from "@pareidolia/persistence/database/database";

export const largestCount = 10_000;

export interface RowCounter {
  /** The number of rows, or `largestCount + 1` if there are more than `largestCount`. */
  countCapped(): Promise<number>;
  countExactly(): Promise<number>;
}

/** Caches the result: two fields read the capped count, and one statement serves both. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | null = null;
  return () => {
    result ??= work();
    return result;
  };
}

export function counterOf(database: Database, count: (request: CountRequest) => Promise<number>): RowCounter {
  return {
    countCapped: once(() => count({ connection: database.counting, most: largestCount + 1 })),
    countExactly: once(() => count({ connection: database.heavy, most: null })),
  };
}

/** For a list that is cheap to count. */
export function counterOfAll(count: () => Promise<number>): RowCounter {
  const countExactly = once(count);
  return { countExactly, countCapped: async () => Math.min(await countExactly(), largestCount + 1) };
}
