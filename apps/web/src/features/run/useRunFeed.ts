"use client";
/** A run's feed, updated by events while the component is mounted. The events update the run's own row in the client's cache. */
import { useEffect, useReducer, useState } from "react";
import { useClient } from "urql";
import { RunEventsDocument } from "../../graphql/generated/graphql.ts";
import { recentFeedsOf } from "./recentFeeds.ts";
import { type FeedEvent, foldRunEvent, foldSnapshot, type RunFeed, type RunSnapshot, startFeed } from "./runFeed.ts";
import { type FollowedRun, useRunEvents } from "./useRunEvents.ts";

type News = { readonly event: FeedEvent } | { readonly snapshot: RunSnapshot };

function foldNews(feed: RunFeed, news: News): RunFeed {
  return "event" in news ? foldRunEvent(feed, news.event) : foldSnapshot(feed, news.snapshot);
}

export function useRunFeed(run: FollowedRun & RunSnapshot): RunFeed {
  const recentFeeds = recentFeedsOf(useClient());
  const [known] = useState(() => recentFeeds.get(run.id));
  const [feed, fold] = useReducer(foldNews, run, (snapshot) => (known === null ? startFeed(snapshot) : foldSnapshot(known, snapshot)));
  useRunEvents(RunEventsDocument, known === null ? run : { ...run, eventSeq: known.seq }, ({ runEvents }) => fold({ event: runEvents }));
  const { eventSeq, archive, statistics } = run;
  useEffect(() => fold({ snapshot: { eventSeq, archive, statistics } }), [eventSeq, archive, statistics]);
  useEffect(() => recentFeeds.set(run.id, feed), [recentFeeds, run.id, feed]);
  return feed;
}
