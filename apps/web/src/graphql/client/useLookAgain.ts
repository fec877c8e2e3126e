"use client";
/**
 * Asks again every so many milliseconds while somebody looks at the page; null asks no more. The time begins anew with each answer: to
 * ask while one is on its way would cut that one off. A query that another part of the page asks, too, is stale while that one asks.
 */
import { useEffect } from "react";
import type { UseQueryResponse } from "urql";

type Asked = readonly [Pick<UseQueryResponse[0], "fetching" | "stale">, UseQueryResponse[1]];

export function useLookAgain([{ fetching, stale }, ask]: Asked, milliseconds: number | null): void {
  const onItsWay = fetching || stale;
  useEffect(() => {
    if (milliseconds === null || onItsWay) return;
    const timer = setInterval(() => {
      if (!document.hidden) ask({ requestPolicy: "network-only" });
    }, milliseconds);
    return () => clearInterval(timer);
  }, [onItsWay, ask, milliseconds]);
}
