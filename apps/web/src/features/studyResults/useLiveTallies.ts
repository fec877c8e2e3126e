"use client";
/**
 * The counted votes on a study's images while the page is open: all at first, then each change. After a lost connection the subscription
 * continues from the last change that arrived, so none is missed.
 */
import { useEffect, useState } from "react";
import { useClient } from "urql";
import type { ResumingContext } from "../../graphql/client/resumingSubscription.ts";
import { TalliesAtFirstDocument, TallyChangesDocument } from "../../graphql/generated/graphql.ts";
import type { LiveCounts } from "./planePoints.ts";

export interface LiveTallies extends LiveCounts {
  /** Votes on all images. */
  readonly total: number;
}

const retryMilliseconds = 5_000;

/** @returns null until the first tallies arrive, or without a study. */
export function useLiveTallies(studyKey: string | null): LiveTallies | null {
  const client = useClient();
  const [live, setLive] = useState<LiveTallies | null>(null);
  useEffect(() => {
    if (studyKey === null) return;
    const [votes, agreeing]: [number[], number[]] = [[], []];
    let total = 0;
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let unsubscribe = () => {};
    const take = (tallies: readonly (readonly number[])[]): void => {
      for (const [index, count, agree] of tallies as readonly [number, number, number][]) {
        total += count - (votes[index] ?? 0);
        votes[index] = count;
        agreeing[index] = agree;
      }
      setLive({ votes, agreeing, total });
    };
    const begin = async (): Promise<void> => {
      const { data } = await client.query(TalliesAtFirstDocument, { key: studyKey }, { requestPolicy: "network-only" }).toPromise();
      if (stopped) return;
      const first = data?.node?.__typename === "Study" ? data.node.tallies : null;
      if (first === null) {
        timer = setTimeout(() => void begin(), retryMilliseconds);
        return;
      }
      take(first.tallies);
      const context: ResumingContext = { mayContinue: () => !stopped };
      const changes = client.subscription(TallyChangesDocument, { studyId: studyKey, since: first.sequence }, { ...context });
      ({ unsubscribe } = changes.subscribe(({ data: change }) => {
        if (change) take(change.studyTallies.tallies);
      }));
    };
    void begin();
    return () => {
      stopped = true;
      clearTimeout(timer);
      unsubscribe();
    };
  }, [client, studyKey]);
  return studyKey === null ? null : live;
}
