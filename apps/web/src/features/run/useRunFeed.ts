"use client";
/** Keeps a run's feed up to date for as long as the component stands. The run's own row moves along in the client's cache. */
import { useEffect, useReducer } from "react";
import { useClient } from "urql";
import { RunEventsDocument } from "../../graphql/generated/graphql.ts";
import { type FeedEvent, foldRunEvent, foldSnapshot, type RunFeed, type RunSnapshot, startFeed } from "./runFeed.ts";

type News = { readonly event: FeedEvent } | { readonly snapshot: RunSnapshot };

function foldNews(feed: RunFeed, news: News): RunFeed {
  return "event" in news ? foldRunEvent(feed, news.event) : foldSnapshot(feed, news.snapshot);
}

export function useRunFeed(runId: string, snapshot: RunSnapshot) {
  const client = useClient();
  const [feed, fold] = useReducer(foldNews, snapshot, startFeed);
  // The first snapshot's place in the log: the subscription itself remembers how far it came (resumingSubscription).
  const [since] = useReducer((place: number) => place, snapshot.eventSeq);
  useEffect(() => {
    const { unsubscribe } = client.subscription(RunEventsDocument, { runId, since }).subscribe((result) => {
      if (result.data) fold({ event: result.data.runEvents });
    });
    return unsubscribe;
  }, [client, runId, since]);
  const { eventSeq, archive, statistics } = snapshot;
  useEffect(() => fold({ snapshot: { eventSeq, archive, statistics } }), [eventSeq, archive, statistics]);
  return feed;
}
