"use client";
/** The experiment whose key is in the address; without a key, nothing is loaded. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { FindExperimentDocument } from "../../graphql/generated/graphql.ts";

export interface FoundExperiment {
  readonly id: string;
  readonly key: string;
  readonly name: string;
}

const retryMilliseconds = 4_000;

interface ExperimentSearch {
  readonly found: FoundExperiment | null;
  readonly notFound: boolean;
  /** Why it could not be loaded. */
  readonly error: string | undefined;
  readonly refetch: () => void;
}

export function useFindExperiment(key: string | null): ExperimentSearch {
  const { data, error, notFound, refetch } = useLiveQuery({
    query: FindExperimentDocument,
    variables: { key: key ?? "" },
    pause: key === null,
    isFound: ({ node }) => node?.__typename === "Experiment",
    retryAfter: retryMilliseconds,
  });
  const found = data?.node?.__typename === "Experiment" ? data.node : null;
  return { found, notFound, error: error?.message, refetch };
}
