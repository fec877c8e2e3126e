"use client";
/**
 * Calls `onEvent` with a run's events while the component is mounted, starting after the run's `eventSeq` on mount. It also follows a
 * failed run, which may be resumed.
 */
import { useEffect, useRef, useState } from "react";
import { type TypedDocumentNode, useClient } from "urql";
import type { ResumingContext } from "../../graphql/client/resumingSubscription.ts";
import type { RunState } from "../../graphql/generated/graphql.ts";
import { isOver } from "./runStates.ts";

export interface FollowedRun {
  readonly id: string;
  readonly state: RunState;
  readonly eventSeq: number;
}

export function useRunEvents<Data>(
  query: TypedDocumentNode<Data, { runId: string; since: number }>,
  { id, state, eventSeq }: FollowedRun,
  onEvent: (data: Data) => void,
): void {
  const client = useClient();
  const latestOnEvent = useRef(onEvent);
  const over = useRef(false);
  useEffect(() => {
    latestOnEvent.current = onEvent;
    over.current = isOver(state);
  }, [onEvent, state]);
  // Only the first position, since the subscription keeps track of delivered events itself (resumingSubscription.ts).
  const [since] = useState(eventSeq);
  useEffect(() => {
    const context: ResumingContext = { mayContinue: () => !over.current };
    const { unsubscribe } = client.subscription(query, { runId: id, since }, { ...context }).subscribe(({ data }) => {
      if (data) latestOnEvent.current(data);
    });
    return unsubscribe;
  }, [client, query, id, since]);
}
