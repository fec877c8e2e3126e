"use client";
/** Keeps a run's feed up to date for as long as the component stands. The run's own row moves along in the client's cache. */
import { useEffect, useReducer } from "react";
import { useClient } from "urql";
import { RunEventsDocument } from "../../graphql/generated/graphql.ts";
import { foldRunEvent, type RunSnapshot, startFeed } from "./runFeed.ts";

export function useRunFeed(runId: string, snapshot: RunSnapshot) {
  const client = useClient();
  const [feed, fold] = useReducer(foldRunEvent, snapshot, startFeed);
  // The first snapshot's place in the log: the subscription itself remembers how far it came (resumingSubscription).
  const [since] = useReducer((place: number) => place, snapshot.eventSeq);
  useEffect(() => {
    const { unsubscribe } = client.subscription(RunEventsDocument, { runId, since }).subscribe((result) => {
      if (result.data) fold(result.data.runEvents);
    });
    return unsubscribe;
  }, [client, runId, since]);
  return feed;
}
