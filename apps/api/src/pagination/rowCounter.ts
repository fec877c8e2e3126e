/**
 * Counts the rows of a whole list when a query selects the total. By default, a count that reads the rows stops at a limit, which keeps it
 * cheap for a list of any length; a total that the database keeps is exact. An exact count may be slow, and queues with other expensive
 * queries.
 */
import type { CountRequest } from "@pareidolia/persistence/server/database/countRows";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { Page } from "@pareidolia/persistence/server/database/keyset";

export const maxCount = 10_000;
/** For lists of results and scores, where filters look up several rows for each one that they count. */
export const maxCountOfResults = 500;

export interface CappedCount {
  readonly count: number;
  /** Whether there are more rows than `count`. */
  readonly isCapped: boolean;
}

export interface RowCounter {
  countCapped(): Promise<CappedCount>;
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

/** @param most where a count of rows stops. */
export function counterOf(database: Database, count: (request: CountRequest) => Promise<number>, most = maxCount): RowCounter {
  return {
    countCapped: once(async () => {
      const counted = await count({ connection: database.counting, most });
      const isCapped = counted === Number.POSITIVE_INFINITY;
      return { count: isCapped ? most : counted, isCapped };
    }),
    countExactly: once(() => count({ connection: database.heavy, most: null })),
  };
}

/** For a list that is cheap to count. */
export function counterOfAll(count: () => Promise<number>): RowCounter {
  const countExactly = once(count);
  return { countExactly, countCapped: async () => ({ count: await countExactly(), isCapped: false }) };
}

/** A page with all rows of its list says how many there are, without a statement. */
export function counterOfPage({ rows, hasNextPage, hasPreviousPage }: Page<unknown>, counter: RowCounter): RowCounter {
  return hasNextPage || hasPreviousPage ? counter : counterOfAll(async () => rows.length);
}
