"use client";
/** From an experiment's key, as the address bar has it, to its id; null when there is none, undefined while looking. Looks again for as long as the API does not answer. */
import { useEffect, useState } from "react";
import { useClient } from "urql";
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
    async function look(search: string, after: string | null): Promise<FoundExperiment | null | undefined> {
      const { data } = await client.query(FindExperimentsDocument, { search, after }).toPromise();
      if (!data) return undefined;
      const hit = data.experiments.nodes.find((node) => node.key === search);
      const { hasNextPage, endCursor } = data.experiments.pageInfo;
      if (hit || !hasNextPage || !endCursor) return hit ?? null;
      return look(search, endCursor);
    }
    async function lookUntilAnswered(wanted: string): Promise<void> {
      const experiment = await look(wanted, null);
      if (!current) return;
      setFound(experiment);
      if (experiment === undefined) timer = setTimeout(() => void lookUntilAnswered(wanted), lookAgainMilliseconds);
    }
    void lookUntilAnswered(key);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [client, key]);
  return found;
}
