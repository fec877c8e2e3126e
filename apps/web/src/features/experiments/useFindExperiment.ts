"use client";
/** The experiment that a key in the address bar names; asks nothing without a key. */
import { useQuery } from "urql";
import { useKept } from "../../graphql/client/useKept.ts";
import { useSought } from "../../graphql/client/useSought.ts";
import { FindExperimentDocument } from "../../graphql/generated/graphql.ts";

export interface FoundExperiment {
  readonly id: string;
  readonly key: string;
  readonly name: string;
}

interface SoughtExperiment {
  readonly found: FoundExperiment | null;
  readonly missing: boolean;
  /** Why it could not be looked for. */
  readonly error: string | undefined;
  readonly retry: () => void;
}

export function useFindExperiment(key: string | null): SoughtExperiment {
  const asked = useQuery({
    query: FindExperimentDocument,
    variables: { key: key ?? "" },
    pause: key === null,
    requestPolicy: "cache-and-network",
  });
  const [{ data: fresh, error }, ask] = asked;
  const node = useKept(fresh)?.node;
  const found = node?.__typename === "Experiment" ? node : null;
  const missing = useSought(asked, key === null || found !== null);
  return { found, missing, error: error?.message, retry: () => ask({ requestPolicy: "network-only" }) };
}
