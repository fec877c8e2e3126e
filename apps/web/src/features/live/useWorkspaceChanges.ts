"use client";
/** Reads a page's data again soon after one of the runs, experiments and sweeps that it shows has changed, and after changes of the viewer. */
import { useEffect, useRef } from "react";
import { useClient } from "urql";
import { onOwnChange } from "../marks/ownChanges.ts";
import { changeFeedOf, concerns } from "./changeFeed.ts";
import { createReloadPacer } from "./reloadPacer.ts";

function onVisibility(listener: () => void): () => void {
  document.addEventListener("visibilitychange", listener);
  return () => document.removeEventListener("visibilitychange", listener);
}

/** @param ids of what is shown; null for a list, which any change may concern. */
export function useWorkspaceChanges(ids: readonly string[] | null, refetch: () => void): void {
  const client = useClient();
  const latest = useRef({ ids, refetch });
  useEffect(() => {
    latest.current = { ids, refetch };
  });
  useEffect(() => {
    const pacer = createReloadPacer({
      read: () => latest.current.refetch(),
      isHidden: () => document.hidden,
      now: () => performance.now(),
      onVisibility,
    });
    const leave = changeFeedOf(client).follow((change) => {
      if (concerns(change, latest.current.ids)) pacer.note();
    });
    const leaveOwn = onOwnChange(() => pacer.note());
    return () => {
      leave();
      leaveOwn();
      pacer.stop();
    };
  }, [client]);
}
