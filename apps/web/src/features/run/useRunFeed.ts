"use client";
/** Keeps a run's feed up to date for as long as the component stands. The run's own row moves along in the client's cache. */
import { useEffect, useReducer, useState } from "react";
import { RunEventsDocument } from "../../graphql/generated/graphql.ts";
import { recallFeed, rememberFeed } from "./rememberedFeeds.ts";
import { type FeedEvent, foldRunEvent, foldSnapshot, type RunFeed, type RunSnapshot, startFeed } from "./runFeed.ts";
import { type FollowedRun, useRunEvents } from "./useRunEvents.ts";

type News = { readonly event: FeedEvent } | { readonly snapshot: RunSnapshot };

function foldNews(feed: RunFeed, news: News): RunFeed {
  return "event" in news ? foldRunEvent(feed, news.event) : foldSnapshot(feed, news.snapshot);
}

export function useRunFeed(run: FollowedRun & RunSnapshot): RunFeed {
  const [known] = useState(() => recallFeed(run.id));
  const [feed, fold] = useReducer(foldNews, run, (snapshot) => (known === null ? startFeed(snapshot) : foldSnapshot(known, snapshot)));
  useRunEvents(RunEventsDocument, known === null ? run : { ...run, eventSeq: known.seq }, ({ runEvents }) => fold({ event: runEvents }));
  const { eventSeq, archive, statistics } = run;
  useEffect(() => fold({ snapshot: { eventSeq, archive, statistics } }), [eventSeq, archive, statistics]);
  useEffect(() => rememberFeed(run.id, feed), [run.id, feed]);
  return feed;
}
