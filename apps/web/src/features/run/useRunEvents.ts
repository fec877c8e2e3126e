"use client";
/**
 * Passes a run's events to `onEvent` while the component is mounted, starting at the run's `eventSeq` on mount. A failed run is still
 * followed, since it may be resumed.
 */
import { useEffect, useReducer, useRef } from "react";
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
  const listener = useRef(onEvent);
  const over = useRef(false);
  useEffect(() => {
    listener.current = onEvent;
    over.current = isOver(state);
  }, [onEvent, state]);
  // Only the first position: the subscription itself keeps track of the events it has delivered (resumingSubscription).
  const [since] = useReducer((place: number) => place, eventSeq);
  useEffect(() => {
    const context: ResumingContext = { mayContinue: () => !over.current };
    const { unsubscribe } = client.subscription(query, { runId: id, since }, { ...context }).subscribe(({ data }) => {
      if (data) listener.current(data);
    });
    return unsubscribe;
  }, [client, query, id, since]);
}
