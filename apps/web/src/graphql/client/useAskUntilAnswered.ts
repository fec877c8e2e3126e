"use client";
/**
 * Asks again after an answer that failed, every so many milliseconds, until one comes; null asks no more. What the cache tells meanwhile
 * takes the error's place in urql's state, and is no answer.
 */
import { useCallback, useEffect, useRef, useState } from "react";
import type { UseQueryResponse } from "urql";
import { useLookAgain } from "./useLookAgain.ts";

type Asked = readonly [Pick<UseQueryResponse[0], "error" | "fetching" | "stale">, UseQueryResponse[1]];

export function useAskUntilAnswered([{ error, fetching, stale }, ask]: Asked, milliseconds: number | null): void {
  const [owed, setOwed] = useState(false);
  const asking = useRef(false);
  const askAgain = useCallback<UseQueryResponse[1]>(
    (options) => {
      asking.current = true;
      ask(options);
    },
    [ask],
  );
  useEffect(() => {
    if (fetching || stale) return;
    if (error) setOwed(true);
    else if (asking.current) setOwed(false);
    asking.current = false;
  }, [error, fetching, stale]);
  useLookAgain([{ fetching }, askAgain], owed ? milliseconds : null);
}
