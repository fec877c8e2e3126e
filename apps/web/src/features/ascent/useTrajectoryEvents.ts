"use client";
/** Hands on the trajectories of an ascent's events for as long as the page stands. */
import { useEffect, useReducer, useRef } from "react";
import { useClient } from "urql";
import { AscentEventsDocument } from "../../graphql/generated/graphql.ts";
import type { TrajectoryRow } from "./trajectories.ts";

export function useTrajectoryEvents(runId: string, eventSeq: number, onArrival: (rows: readonly TrajectoryRow[]) => void): void {
  const client = useClient();
  const listener = useRef(onArrival);
  useEffect(() => {
    listener.current = onArrival;
  }, [onArrival]);
  // The first snapshot's place in the log: the subscription itself remembers how far it came (resumingSubscription).
  const [since] = useReducer((place: number) => place, eventSeq);
  useEffect(() => {
    const { unsubscribe } = client.subscription(AscentEventsDocument, { runId, since }).subscribe((result) => {
      if (result.data) listener.current(result.data.runEvents.trajectories);
    });
    return unsubscribe;
  }, [client, runId, since]);
}
