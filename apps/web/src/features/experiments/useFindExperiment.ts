"use client";
/**
 * From an experiment's key, as the address bar has it, to its id; null when there is none, undefined while looking. Looks again for as
 * long as the API does not answer or knows no such experiment: it may be made yet.
 */
import { useEffect, useState } from "react";
import { type RequestPolicy, useClient } from "urql";
import { FindExperimentsDocument, type FindExperimentsQuery } from "../../graphql/generated/graphql.ts";

const lookAgainMilliseconds = 4_000;

export type FoundExperiment = FindExperimentsQuery["experiments"]["nodes"][number];

export function useFindExperiment(key: string | null): FoundExperiment | null | undefined {
  const client = useClient();
  const [found, setFound] = useState<FoundExperiment | null | undefined>(undefined);
  useEffect(() => {
    if (key === null) return;
    let current = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function look(
      search: string,
      requestPolicy: RequestPolicy,
      after: string | null = null,
    ): Promise<FoundExperiment | null | undefined> {
      const { data } = await client.query(FindExperimentsDocument, { search, after }, { requestPolicy }).toPromise();
      if (!data) return undefined;
      const hit = data.experiments.nodes.find((node) => node.key === search);
      const { hasNextPage, endCursor } = data.experiments.pageInfo;
      if (hit || !hasNextPage || !endCursor) return hit ?? null;
      return look(search, requestPolicy, endCursor);
    }
    async function lookUntilFound(wanted: string, requestPolicy: RequestPolicy): Promise<void> {
      const experiment = await look(wanted, requestPolicy);
      if (!current) return;
      // What the cache does not know may have been made since.
      if (experiment === null && requestPolicy === "cache-first") return lookUntilFound(wanted, "network-only");
      setFound(experiment);
      if (!experiment) timer = setTimeout(() => void lookUntilFound(wanted, "network-only"), lookAgainMilliseconds);
    }
    void lookUntilFound(key, "cache-first");
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [client, key]);
  return found;
}
