"use client";
/** A perturbation's results, kept up to date by its events. A run has at most 64, so one page holds them all. */
import { useCallback, useEffect, useReducer } from "react";
import { useQuery } from "urql";
import { useAskUntilAnswered } from "../../graphql/client/useAskUntilAnswered.ts";
import { PerturbationEventsDocument, RunPerturbationsDocument } from "../../graphql/generated/graphql.ts";
import { type FollowedRun, useRunEvents } from "../run/useRunEvents.ts";
import { foldResults } from "./results.ts";

/** Those from the cache may lack what came while nobody looked, which events do not bring again. */
const failedMilliseconds = 4_000;

export function usePerturbations(run: FollowedRun) {
  const asked = useQuery({
    query: RunPerturbationsDocument,
    variables: { id: run.id },
    requestPolicy: "cache-and-network",
  });
  const [{ data, error }, refetch] = asked;
  const [rows, fold] = useReducer(foldResults, []);
  const loaded = data?.node?.__typename === "Run" ? data.node.perturbations : null;
  useEffect(() => {
    if (loaded) fold(loaded.nodes);
  }, [loaded]);
  useAskUntilAnswered(asked, failedMilliseconds);
  useRunEvents(PerturbationEventsDocument, run, ({ runEvents }) => fold(runEvents.perturbations));
  return {
    rows,
    // A response is merged shortly after it arrives; until then the page must not say that there are no results.
    loading: rows.length === 0 && (loaded === null || loaded.nodes.length > 0),
    error: rows.length === 0 ? error : undefined,
    retry: useCallback(() => refetch({ requestPolicy: "network-only" }), [refetch]),
  };
}
