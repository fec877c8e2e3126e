"use client";
/** What the rail counts, asked every few seconds while somebody looks and on navigation; with it, whether the API answers at all. */
import { usePathname } from "next/navigation";
import { useEffect } from "react";
import { useQuery } from "urql";
import { useKept } from "../../graphql/client/useKept.ts";
import { useLookAgain } from "../../graphql/client/useLookAgain.ts";
import { ShellDocument, type ShellQuery } from "../../graphql/generated/graphql.ts";

const pollMilliseconds = 5_000;

export interface ShellData {
  readonly data: ShellQuery | undefined;
  /** False once a request came back without an answer, until one brings it again. */
  readonly answered: boolean;
}

export function useShellData(): ShellData {
  const pathname = usePathname();
  const asked = useQuery({ query: ShellDocument, requestPolicy: "cache-and-network" });
  const [{ data: fresh, error }, refresh] = asked;
  const data = useKept(fresh);
  useLookAgain(asked, pollMilliseconds);
  useEffect(() => refresh({ requestPolicy: "network-only" }), [pathname, refresh]);
  return { data, answered: error === undefined };
}
