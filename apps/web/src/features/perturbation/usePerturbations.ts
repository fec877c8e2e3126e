"use client";
/** A perturbation's results, kept up to date by its events. A run has at most 64, so one page holds them all. */
import { useCallback, useEffect, useReducer } from "react";
import { useClient, useQuery } from "urql";
import { PerturbationEventsDocument, RunPerturbationsDocument } from "../../graphql/generated/graphql.ts";
import { foldResults } from "./results.ts";

export function usePerturbations(runId: string, eventSeq: number) {
  const client = useClient();
  const [{ data, error }, refetch] = useQuery({
    query: RunPerturbationsDocument,
    variables: { id: runId },
    requestPolicy: "cache-and-network",
  });
  const [rows, fold] = useReducer(foldResults, []);
  const loaded = data?.node?.__typename === "Run" ? data.node.perturbations : null;
  useEffect(() => {
    if (loaded) fold(loaded.nodes);
  }, [loaded]);
  const [since] = useReducer((place: number) => place, eventSeq);
  useEffect(() => {
    const { unsubscribe } = client.subscription(PerturbationEventsDocument, { runId, since }).subscribe((result) => {
      if (result.data) fold(result.data.runEvents.perturbations);
    });
    return unsubscribe;
  }, [client, runId, since]);
  return {
    rows,
    loading: loaded === null && rows.length === 0,
    error: rows.length === 0 ? error : undefined,
    retry: useCallback(() => refetch({ requestPolicy: "network-only" }), [refetch]),
  };
}
