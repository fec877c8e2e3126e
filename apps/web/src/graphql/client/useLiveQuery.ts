"use client";
/**
 * The hook for every query whose data a page shows. On top of urql's `useQuery` it
 *
 * - keeps the last data while a request runs and after one fails,
 * - polls while the page is visible (`poll`) and repeats failed requests (`retryAfter`),
 * - distinguishes a missing object from one that could not be loaded (`isFound`), and
 * - distinguishes data of the previous variables from data of the current ones (`isPrevious`, `keepPrevious`).
 *
 * Constant data, such as parameter specs, uses the policy `cache-first` and is requested once. To load every page of a connection, use
 * `useAllPages`.
 */
import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { type AnyVariables, type CombinedError, stringifyVariables, type UseQueryArgs, useClient, useQuery } from "urql";
import { failedQueriesOf } from "./failedQueries.ts";
import { useNoteQuery } from "./pageQueries.tsx";

/** `query`, `variables`, `pause` and `requestPolicy` are urql's; the default policy is `cache-and-network`. */
export type LiveQueryOptions<Data, Variables extends AnyVariables> = UseQueryArgs<Variables, Data> & {
  /** Milliseconds from one result to the next request, or a function of the last data; null does not poll. */
  readonly poll?: number | null | ((data: Data | undefined) => number | null);
  /** Milliseconds until a request that failed, or did not find its object, is repeated; null repeats it only by `refetch`. */
  readonly retryAfter?: number | null;
  /** Whether the data contains the requested object. Only a response of the API, not of the cache, makes it not found. */
  readonly isFound?: (data: Data) => boolean;
  /** Whether the previous data stays until the data of changed variables arrives; true by default. */
  readonly keepPrevious?: boolean;
};

export interface LiveQuery<Data> {
  /** The last data received, also while a request runs and after one fails. */
  readonly data: Data | undefined;
  /** Whether `data` belongs to the previous variables. */
  readonly isPrevious: boolean;
  /** Why the last request with these variables failed. */
  readonly error: CombinedError | undefined;
  readonly fetching: boolean;
  /** Whether the object does not exist: according to `isFound`, or because the API rejected its ID. */
  readonly notFound: boolean;
  /** Does nothing while the query is paused. */
  readonly refetch: () => void;
}

/** The API's error codes for an ID or key without an object. Such a request is not retried. */
const missingCodes: readonly unknown[] = ["NOT_FOUND", "INVALID_INPUT"];

export function useLiveQuery<Data, Variables extends AnyVariables = AnyVariables>(
  options: LiveQueryOptions<Data, Variables>,
): LiveQuery<Data> {
  const { poll = null, retryAfter = null, isFound, keepPrevious = true, ...args } = options;
  const [state, execute] = useQuery<Data, Variables>({ requestPolicy: "cache-and-network", ...args } as UseQueryArgs<Variables, Data>);
  const { operation } = state;
  // The cache returns null for incomplete data.
  const fresh = state.data ?? undefined;
  const fetching = state.fetching || state.stale;
  const isPaused = args.pause === true;
  useNoteQuery(args.query, isPaused ? null : (args.variables ?? {}));
  // A paused query may have no ID yet.
  const refetch = useCallback(() => {
    if (!isPaused) execute({ requestPolicy: "network-only" });
  }, [execute, isPaused]);

  // Until a result arrives, urql returns the data of the previous variables.
  const wantedKey = stringifyVariables(args.variables ?? {});
  const resultKey = operation === undefined ? undefined : stringifyVariables(operation.variables ?? {});
  const lastData = useLastDefined(fresh);
  const lastKey = useLastDefined(fresh === undefined ? undefined : resultKey);
  const isPrevious = lastData !== undefined && lastKey !== wantedKey;
  const data = keepPrevious || !isPrevious ? lastData : undefined;
  const error = resultKey === wantedKey ? state.error : undefined;

  const refused = error?.graphQLErrors.some(({ extensions }) => missingCodes.includes(extensions["code"])) ?? false;
  const found = data !== undefined && (isFound?.(data) ?? true);
  // The cache may not know a new object yet, so only the API's result counts. A rejected ID stays rejected while the request is repeated.
  const notFound = useLastDefined(found ? false : refused ? true : fetching ? undefined : fresh !== undefined) ?? false;

  const failed = useFailed(operation?.key);
  const retry = !refused && (failed || notFound) ? retryAfter : null;
  const interval = shorter(retry, typeof poll === "function" ? poll(data) : poll);
  usePolling(isPaused || fetching ? null : interval, refetch);
  return { data, isPrevious, error, fetching, notFound, refetch };
}

/** The last value other than undefined. */
function useLastDefined<T>(value: T | undefined): T | undefined {
  const [last, setLast] = useState(value);
  if (value !== undefined && value !== last) setLast(value);
  return value ?? last;
}

/** Whether the last request of an operation failed, even if the cache has returned data since. */
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

/** Refetches at this interval while the page is visible. Pass null while a request runs, so that polling does not interrupt it. */
function usePolling(milliseconds: number | null, refetch: () => void): void {
  useEffect(() => {
    if (milliseconds === null) return;
    const timer = setInterval(() => {
      if (!document.hidden) refetch();
    }, milliseconds);
    return () => clearInterval(timer);
  }, [milliseconds, refetch]);
}
