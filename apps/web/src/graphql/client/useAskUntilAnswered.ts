"use client";
/** Asks again after an answer that failed, every so many milliseconds, until one comes; null asks no more. */
import type { UseQueryResponse } from "urql";
import { useAnswerFailed } from "./failedAnswers.ts";
import { useLookAgain } from "./useLookAgain.ts";

type Asked = readonly [Pick<UseQueryResponse[0], "fetching" | "operation">, UseQueryResponse[1]];

export function useAskUntilAnswered([{ fetching, operation }, ask]: Asked, milliseconds: number | null): void {
  const owed = useAnswerFailed(operation?.key);
  useLookAgain([{ fetching }, ask], owed ? milliseconds : null);
}
