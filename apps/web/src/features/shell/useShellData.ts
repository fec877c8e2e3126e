"use client";
/** The rail's counts, reloaded regularly while the page is visible and on navigation, and whether the API answers. */
import { useEffect, useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { ShellDocument, type ShellQuery } from "../../graphql/generated/graphql.ts";
import { usePathname } from "../addresses/navigation.ts";

const pollMilliseconds = 5_000;
/** A working API answers this small query in well under a second. */
const lateMilliseconds = 4_000;

export interface ShellData {
  readonly data: ShellQuery | undefined;
  /** False after a request fails or is late, until a request succeeds. */
  readonly answered: boolean;
}

/** Whether the current request takes longer than a working API would. */
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
  const { data, error, fetching, refetch } = useLiveQuery({ query: ShellDocument, poll: pollMilliseconds });
  const late = useLate(fetching);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each navigation refetches
  useEffect(refetch, [pathname, refetch]);
  return { data, answered: error === undefined && !late };
}
