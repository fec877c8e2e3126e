"use client";
/** The rail's counts, polled while the page is visible and on navigation, and with them whether the API answers at all. */
import { usePathname } from "next/navigation";
import { useEffect, useState } from "react";
import { useQuery } from "urql";
import { useKept } from "../../graphql/client/useKept.ts";
import { useLookAgain } from "../../graphql/client/useLookAgain.ts";
import { ShellDocument, type ShellQuery } from "../../graphql/generated/graphql.ts";

const pollMilliseconds = 5_000;
/** A healthy API answers this small query in well under a second. */
const lateMilliseconds = 4_000;

export interface ShellData {
  readonly data: ShellQuery | undefined;
  /** False after a request fails or is late, until one succeeds. */
  readonly answered: boolean;
}

/** Whether a request has been waiting for longer than an API that works would take. */
function useLate(fetching: boolean): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!fetching) {
      setLate(false);
      return;
    }
    const timer = setTimeout(() => setLate(true), lateMilliseconds);
    return () => clearTimeout(timer);
  }, [fetching]);
  return late;
}

export function useShellData(): ShellData {
  const pathname = usePathname();
  const asked = useQuery({ query: ShellDocument, requestPolicy: "cache-and-network" });
  const [{ data: fresh, error, fetching, stale }, refresh] = asked;
  const late = useLate(fetching || stale);
  const data = useKept(fresh);
  useLookAgain(asked, pollMilliseconds);
  useEffect(() => refresh({ requestPolicy: "network-only" }), [pathname, refresh]);
  return { data, answered: error === undefined && !late };
}
