"use client";
/** A run's feed, updated by events while the component is mounted. The events also update the run's row in the client's cache. */
import { useEffect, useReducer, useState } from "react";
import { useClient } from "urql";
import { RunEventsDocument } from "../../graphql/generated/graphql.ts";
import { recentFeedsOf } from "./recentFeeds.ts";
import { type FeedEvent, foldRunEvent, foldSnapshot, type RunFeed, type RunSnapshot, startFeed } from "./runFeed.ts";
import { type FollowedRun, useRunEvents } from "./useRunEvents.ts";

type FeedUpdate = { readonly event: FeedEvent } | { readonly snapshot: RunSnapshot };

function updateFeed(feed: RunFeed, update: FeedUpdate): RunFeed {
  return "event" in update ? foldRunEvent(feed, update.event) : foldSnapshot(feed, update.snapshot);
}

export function useRunFeed(run: FollowedRun & RunSnapshot): RunFeed {
  const recentFeeds = recentFeedsOf(useClient());
  const [known] = useState(() => recentFeeds.get(run.id));
  const [feed, update] = useReducer(updateFeed, run, (snapshot) => (known === null ? startFeed(snapshot) : foldSnapshot(known, snapshot)));
  useRunEvents(RunEventsDocument, known === null ? run : { ...run, eventSeq: known.seq }, ({ runEvents }) => update({ event: runEvents }));
  const { eventSeq, archive, statistics } = run;
  useEffect(() => update({ snapshot: { eventSeq, archive, statistics } }), [eventSeq, archive, statistics]);
  useEffect(() => recentFeeds.set(run.id, feed), [recentFeeds, run.id, feed]);
  return feed;
}
