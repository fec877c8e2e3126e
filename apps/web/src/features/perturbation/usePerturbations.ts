"use client";
/** A perturbation's results, kept up to date by its events. A run has at most 64, so one page holds them all. */
import { useEffect, useReducer } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { PerturbationEventsDocument, RunPerturbationsDocument } from "../../graphql/generated/graphql.ts";
import { type FollowedRun, useRunEvents } from "../run/useRunEvents.ts";
import { foldResults } from "./results.ts";

/** Cached results may lack rows stored while the page was closed, and events do not repeat them, so a failed request is repeated. */
const retryMilliseconds = 4_000;

export function usePerturbations(run: FollowedRun) {
  const { data, error, refetch } = useLiveQuery({
    query: RunPerturbationsDocument,
    variables: { id: run.id },
    retryAfter: retryMilliseconds,
  });
  const [rows, fold] = useReducer(foldResults, []);
  const loaded = data?.node?.__typename === "PerturbationRun" ? data.node.perturbations : null;
  useEffect(() => {
    if (loaded) fold(loaded.nodes);
  }, [loaded]);
  useRunEvents(PerturbationEventsDocument, run, ({ runEvents }) => fold(runEvents.perturbations));
  return {
    rows,
    // A response is merged shortly after it arrives; until then the page must not say that there are no results.
    loading: rows.length === 0 && (loaded === null || loaded.nodes.length > 0),
    error: rows.length === 0 ? error : undefined,
    retry: refetch,
  };
}
