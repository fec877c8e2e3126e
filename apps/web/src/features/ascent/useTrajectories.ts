"use client";
/** The loaded pages of an ascent's trajectories, kept up to date by its events for as long as the page stands. */
import { useCallback, useEffect, useReducer, useState } from "react";
import { useClient, useQuery } from "urql";
import { AscentEventsDocument, AscentTrajectoriesDocument } from "../../graphql/generated/graphql.ts";
import { foldTrajectories } from "./trajectories.ts";

export function useTrajectories(runId: string, eventSeq: number) {
  const client = useClient();
  const [after, setAfter] = useState<string | null>(null);
  const [{ data, error }, refetch] = useQuery({
    query: AscentTrajectoriesDocument,
    variables: { id: runId, after },
    requestPolicy: "cache-and-network",
  });
  const [rows, fold] = useReducer(foldTrajectories, []);
  const page = data?.node?.__typename === "Run" ? data.node.trajectories : null;
  useEffect(() => {
    if (page) fold(page.nodes);
  }, [page]);
  const [since] = useReducer((place: number) => place, eventSeq);
  useEffect(() => {
    const { unsubscribe } = client.subscription(AscentEventsDocument, { runId, since }).subscribe((result) => {
      if (result.data) fold(result.data.runEvents.trajectories);
    });
    return unsubscribe;
  }, [client, runId, since]);
  const next = page?.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null;
  return {
    rows,
    total: Math.max(page?.totalCount ?? 0, rows.length),
    loading: page === null && rows.length === 0,
    error: rows.length === 0 ? error : undefined,
    retry: useCallback(() => refetch({ requestPolicy: "network-only" }), [refetch]),
    showMore: next === null ? null : () => setAfter(next),
  };
}
