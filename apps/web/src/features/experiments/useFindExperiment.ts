"use client";
/** From an experiment's key, as the address bar has it, to its id; null when there is none, undefined while looking. */
import { useEffect, useState } from "react";
import { useClient } from "urql";
import { FindExperimentsDocument, type FindExperimentsQuery } from "../../graphql/generated/graphql.ts";

export type FoundExperiment = FindExperimentsQuery["experiments"]["nodes"][number];

export function useFindExperiment(key: string | null): FoundExperiment | null | undefined {
  const client = useClient();
  const [found, setFound] = useState<FoundExperiment | null | undefined>(undefined);
  useEffect(() => {
    if (key === null) return;
    let current = true;
    async function look(search: string, after: string | null): Promise<FoundExperiment | null | undefined> {
      const { data } = await client.query(FindExperimentsDocument, { search, after }).toPromise();
      if (!data) return undefined;
      const hit = data.experiments.nodes.find((node) => node.key === search);
      const { hasNextPage, endCursor } = data.experiments.pageInfo;
      if (hit || !hasNextPage || !endCursor) return hit ?? null;
      return look(search, endCursor);
    }
    void look(key, null).then((experiment) => {
      if (current) setFound(experiment);
    });
    return () => {
      current = false;
    };
  }, [client, key]);
  return found;
}
