"use client";
/** Loads the experiment with a key; without a key, loads nothing. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { FindExperimentDocument, type LockMarkFragment } from "../../graphql/generated/graphql.ts";

export interface FoundExperiment {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly lock?: LockMarkFragment | null;
}

const retryMilliseconds = 4_000;

interface ExperimentLookup {
  readonly found: FoundExperiment | null;
  readonly notFound: boolean;
  /** The error of a failed request. */
  readonly error: string | undefined;
  readonly refetch: () => void;
}

export function useFindExperiment(key: string | null): ExperimentLookup {
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
