"use client";
/**
 * The hook for every query that a page shows. On top of urql's `useQuery` it
 *
 * - keeps the last data while a request runs and after one fails,
 * - polls while the page is visible (`poll`) and repeats failed requests (`retryAfter`),
 * - tells a missing object from one that could not be loaded (`isFound`), and
 * - tells data of earlier variables from data of the current ones (`isPrevious`, `keepPrevious`).
 *
 * For a connection of which a page needs every node, see `useAllPages`.
 */
import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { type AnyVariables, type CombinedError, stringifyVariables, type UseQueryArgs, useClient, useQuery } from "urql";
import { failedQueriesOf } from "./failedQueries.ts";

/** `query`, `variables`, `pause` and `requestPolicy` are urql's; the default policy is `cache-and-network`. */
export type LiveQueryOptions<Data, Variables extends AnyVariables> = UseQueryArgs<Variables, Data> & {
  /** Milliseconds from one result to the next request, or a function of the last data; null does not poll. */
  readonly poll?: number | null | ((data: Data | undefined) => number | null);
  /** Milliseconds until a request that failed, or did not find its object, is repeated; null leaves that to `refetch`. */
  readonly retryAfter?: number | null;
  /** Whether the data holds the object that the variables name. It is not found only once the API has said so. */
  readonly isFound?: (data: Data) => boolean;
  /** False drops the data as soon as the variables change. True by default: it stays until the new data arrives. */
  readonly keepPrevious?: boolean;
};

export interface LiveQuery<Data> {
  /** The last data that arrived, also while a request runs and after one failed. */
  readonly data: Data | undefined;
  /** Whether `data` belongs to earlier variables. */
  readonly isPrevious: boolean;
  /** Why the last request with these variables failed. */
  readonly error: CombinedError | undefined;
  readonly fetching: boolean;
  /** Whether the object does not exist: by `isFound`, or because the API refused its ID. */
  readonly notFound: boolean;
  readonly refetch: () => void;
}

/** Error codes by which the API says that an ID or key names nothing; a retry would change nothing. */
const missingCodes: readonly unknown[] = ["NOT_FOUND", "INVALID_INPUT"];

export function useLiveQuery<Data, Variables extends AnyVariables = AnyVariables>(
  options: LiveQueryOptions<Data, Variables>,
): LiveQuery<Data> {
  const { poll = null, retryAfter = null, isFound, keepPrevious = true, ...args } = options;
  const [state, execute] = useQuery<Data, Variables>({ requestPolicy: "cache-and-network", ...args } as UseQueryArgs<Variables, Data>);
  const { operation } = state;
  // The cache gives null for data that it holds only in part.
  const fresh = state.data ?? undefined;
  const fetching = state.fetching || state.stale;
  const refetch = useCallback(() => execute({ requestPolicy: "network-only" }), [execute]);

  // urql's own data is that of the previous variables until a result arrives.
  const wantedKey = stringifyVariables(args.variables ?? {});
  const resultKey = operation === undefined ? undefined : stringifyVariables(operation.variables ?? {});
  const lastData = useLast(fresh);
  const lastKey = useLast(fresh === undefined ? undefined : resultKey);
  const isPrevious = lastData !== undefined && lastKey !== wantedKey;
  const data = keepPrevious || !isPrevious ? lastData : undefined;
  const error = resultKey === wantedKey ? state.error : undefined;

  const refused = error?.graphQLErrors.some(({ extensions }) => missingCodes.includes(extensions["code"])) ?? false;
  const found = data !== undefined && (isFound?.(data) ?? true);
  // The cache may not know a new object yet, so only the API's result counts.
  const notFound = useLast(found ? false : fetching ? undefined : refused || fresh !== undefined) ?? false;

  const failed = useFailed(operation?.key);
  const retry = !refused && (failed || notFound) ? retryAfter : null;
  const interval = shorter(retry, typeof poll === "function" ? poll(data) : poll);
  usePolling(args.pause === true || fetching ? null : interval, refetch);
  return { data, isPrevious, error, fetching, notFound, refetch };
}

/** The last value that was not undefined. */
function useLast<T>(value: T | undefined): T | undefined {
  const [last, setLast] = useState(value);
  if (value !== undefined && value !== last) setLast(value);
  return value ?? last;
}

/** Whether the last request of an operation failed, even if the cache has answered it since. */
function useFailed(operationKey: number | undefined): boolean {
  const failedQueries = failedQueriesOf(useClient());
  return useSyncExternalStore(
    failedQueries.onChange,
    () => failedQueries.has(operationKey),
    () => false,
  );
}

function shorter(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

/** Refetches at this interval while the page is visible. A running request is never interrupted: pass null until it has ended. */
function usePolling(milliseconds: number | null, refetch: () => void): void {
  useEffect(() => {
    if (milliseconds === null) return;
    const timer = setInterval(() => {
      if (!document.hidden) refetch();
    }, milliseconds);
    return () => clearInterval(timer);
  }, [milliseconds, refetch]);
}
