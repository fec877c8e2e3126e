"use client";
/** Asks again after an answer that failed, every so many milliseconds, until one comes; null asks no more. */
import type { UseQueryResponse } from "urql";
import { useAnswerFailed } from "./failedAnswers.ts";
import { useLookAgain } from "./useLookAgain.ts";

type Asked = readonly [Pick<UseQueryResponse[0], "fetching" | "stale" | "operation">, UseQueryResponse[1]];

export function useAskUntilAnswered([state, ask]: Asked, milliseconds: number | null): void {
  const owed = useAnswerFailed(state.operation?.key);
  useLookAgain([state, ask], owed ? milliseconds : null);
}
