/**
 * Counts the rows of a whole list, only when a client asks. By default the count stops at `largestCount`, which keeps it cheap however long
 * the list is; an exact count may be slow, and waits for its turn among other expensive queries.
 */
import type { Database } from "@pareidolia/persistence/database";
import type { CountRequest } from "@pareidolia/persistence/queries/keyset";

export const largestCount = 10_000;

export interface RowCounter {
  /** All rows, or `largestCount + 1` where there are more than `largestCount`. */
  countCapped(): Promise<number>;
  countExactly(): Promise<number>;
}

/** Two fields read the capped count; one statement answers both. */
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
