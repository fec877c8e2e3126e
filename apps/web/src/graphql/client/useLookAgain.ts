"use client";
/**
 * Asks again every so many milliseconds while somebody looks at the page; null asks no more. The time begins anew with each answer: to
 * ask while one is on its way would cut that one off.
 */
import { useEffect } from "react";
import type { UseQueryResponse } from "urql";

type Asked = readonly [Pick<UseQueryResponse[0], "fetching">, UseQueryResponse[1]];

export function useLookAgain([{ fetching }, ask]: Asked, milliseconds: number | null): void {
  useEffect(() => {
    if (milliseconds === null || fetching) return;
    const timer = setInterval(() => {
      if (!document.hidden) ask({ requestPolicy: "network-only" });
    }, milliseconds);
    return () => clearInterval(timer);
  }, [fetching, ask, milliseconds]);
}
