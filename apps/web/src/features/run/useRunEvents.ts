"use client";
/**
 * Hands on a run's events for as long as the component stands, from the place in its log that the run had when that began. One that
 * crashed or failed is followed on: it may be resumed.
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
  // The first place only: the subscription itself remembers how far it came (resumingSubscription).
  const [since] = useReducer((place: number) => place, eventSeq);
  useEffect(() => {
    const context: ResumingContext = { goesOn: () => !over.current };
    const { unsubscribe } = client.subscription(query, { runId: id, since }, { ...context }).subscribe(({ data }) => {
      if (data) listener.current(data);
    });
    return unsubscribe;
  }, [client, query, id, since]);
}
