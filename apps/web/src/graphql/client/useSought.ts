"use client";
/**
 * Whether what an address names by its key is not there, by the last whole answer to `node`. It may be made yet, so it is asked for
 * again until it is there, as is an answer that failed; only where the address holds no key at all nothing can come.
 */
import type { UseQueryResponse } from "urql";
import { isNoId } from "./isNoId.ts";
import { useAskUntilAnswered } from "./useAskUntilAnswered.ts";
import { useKept } from "./useKept.ts";
import { useLookAgain } from "./useLookAgain.ts";

type Asked = readonly [Pick<UseQueryResponse[0], "data" | "error" | "fetching" | "stale" | "operation">, UseQueryResponse[1]];

const lookAgainMilliseconds = 4_000;

export function useSought(asked: Asked, isThere: boolean): boolean {
  const [{ data, error, fetching, stale }] = asked;
  const noId = isNoId(error);
  // What the cache does not know may have been made since: it counts once the API has said so.
  const answered = !fetching && !stale ? !isThere && (noId || data !== undefined) : undefined;
  const missing = useKept(isThere ? false : answered) ?? false;
  useAskUntilAnswered(asked, noId ? null : lookAgainMilliseconds);
  useLookAgain(asked, missing && !noId ? lookAgainMilliseconds : null);
  return missing;
}
