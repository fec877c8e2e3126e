"use client";
/** What the rail counts: the workspace's things once and on navigation, the workers every few seconds while somebody looks. */
import { usePathname } from "next/navigation";
import { useEffect } from "react";
import { useQuery } from "urql";
import { ShellDocument, type ShellQuery } from "../../graphql/generated/graphql.ts";

const pollMilliseconds = 5_000;

export function useShellData(): ShellQuery | undefined {
  const pathname = usePathname();
  const [{ data }, refresh] = useQuery({ query: ShellDocument, requestPolicy: "cache-and-network" });
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) refresh({ requestPolicy: "network-only" });
    }, pollMilliseconds);
    return () => clearInterval(timer);
  }, [refresh]);
  useEffect(() => refresh({ requestPolicy: "network-only" }), [pathname, refresh]);
  return data;
}
