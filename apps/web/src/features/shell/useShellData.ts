"use client";
/** What the rail counts, asked every few seconds while somebody looks and on navigation; with it, whether the API answers at all. */
import { usePathname } from "next/navigation";
import { useEffect } from "react";
import { useQuery } from "urql";
import { useKept } from "../../graphql/client/useKept.ts";
import { ShellDocument, type ShellQuery } from "../../graphql/generated/graphql.ts";

const pollMilliseconds = 5_000;

export interface ShellData {
  readonly data: ShellQuery | undefined;
  /** False once a request came back without an answer, until one brings it again. */
  readonly answered: boolean;
}

export function useShellData(): ShellData {
  const pathname = usePathname();
  const [{ data: fresh, error }, refresh] = useQuery({ query: ShellDocument, requestPolicy: "cache-and-network" });
  const data = useKept(fresh);
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) refresh({ requestPolicy: "network-only" });
    }, pollMilliseconds);
    return () => clearInterval(timer);
  }, [refresh]);
  useEffect(() => refresh({ requestPolicy: "network-only" }), [pathname, refresh]);
  return { data, answered: error?.networkError === undefined };
}
