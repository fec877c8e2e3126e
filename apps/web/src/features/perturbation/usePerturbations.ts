"use client";
/** A perturbation run's results, updated by its events. A run has at most 64, so all are on one page. */
import { useEffect, useReducer } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { PerturbationEventsDocument, RunPerturbationsDocument } from "../../graphql/generated/graphql.ts";
import { type FollowedRun, useRunEvents } from "../run/useRunEvents.ts";
import { mergeResults } from "./results.ts";

/** Failed requests are repeated: the cache may lack rows stored while the page was closed, and events do not repeat those rows. */
const retryMilliseconds = 4_000;

export function usePerturbations(run: FollowedRun) {
  const { data, error, refetch } = useLiveQuery({
    query: RunPerturbationsDocument,
    variables: { id: run.id },
    retryAfter: retryMilliseconds,
  });
  const [rows, merge] = useReducer(mergeResults, []);
  const loaded = data?.node?.__typename === "PerturbationRun" ? data.node.perturbations : null;
  useEffect(() => {
    if (loaded) merge(loaded.nodes);
  }, [loaded]);
  useRunEvents(PerturbationEventsDocument, run, ({ runEvents }) => merge(runEvents.perturbations));
  return {
    rows,
    // The effect merges a response after it arrives. Until then, the page must not say that there are no results.
    loading: rows.length === 0 && (loaded === null || loaded.nodes.length > 0),
    error: rows.length === 0 ? error : undefined,
    retry: refetch,
  };
}
