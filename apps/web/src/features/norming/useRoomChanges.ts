"use client";
/** Calls `onChange` when an image of a norming room changes, while the component is mounted. */
import { useEffect, useRef, useState } from "react";
import { useClient } from "urql";
import type { ResumingContext } from "../../graphql/client/resumingSubscription.ts";
import { RoomChangesDocument } from "../../graphql/generated/graphql.ts";

export function useRoomChanges({ id, sequence }: { readonly id: string; readonly sequence: number }, onChange: () => void): void {
  const client = useClient();
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  }, [onChange]);
  // Only the first position, since the subscription keeps track of delivered changes itself (resumingSubscription.ts).
  const [since] = useState(sequence);
  useEffect(() => {
    const context: ResumingContext = { mayContinue: () => true };
    const { unsubscribe } = client.subscription(RoomChangesDocument, { roomId: id, since }, { ...context }).subscribe(({ data }) => {
      if (data) latest.current();
    });
    return unsubscribe;
  }, [client, id, since]);
}
