"use client";
/** Reads a page's data again soon after one of the runs, experiments, sweeps, webhooks and bulk queries that it shows has changed, and after changes of the viewer. */
import { useEffect, useRef } from "react";
import { useClient } from "urql";
import { onOwnChange } from "../marks/ownChanges.ts";
import { changeFeedOf, concerns, concernsBulkQueries, concernsWebhook, type WorkspaceChange } from "./changeFeed.ts";
import { createReloadPacer } from "./reloadPacer.ts";

function onVisibility(listener: () => void): () => void {
  document.addEventListener("visibilitychange", listener);
  return () => document.removeEventListener("visibilitychange", listener);
}

/** @param isConcerned whether a change concerns what is shown. */
function useChanges(isConcerned: (change: WorkspaceChange) => boolean, refetch: () => void): void {
  const client = useClient();
  const latest = useRef({ isConcerned, refetch });
  useEffect(() => {
    latest.current = { isConcerned, refetch };
  });
  useEffect(() => {
    const pacer = createReloadPacer({
      read: () => latest.current.refetch(),
      isHidden: () => document.hidden,
      now: () => performance.now(),
      onVisibility,
    });
    const leave = changeFeedOf(client).follow((change) => {
      if (latest.current.isConcerned(change)) pacer.note();
    });
    const leaveOwn = onOwnChange(() => pacer.note());
    return () => {
      leave();
      leaveOwn();
      pacer.stop();
    };
  }, [client]);
}

/** @param ids of what is shown; null for a list, which any change may concern. */
export function useWorkspaceChanges(ids: readonly string[] | null, refetch: () => void): void {
  useChanges((change) => concerns(change, ids), refetch);
}

/** @param webhookId null for the list of webhooks. */
export function useWebhookChanges(webhookId: string | null, refetch: () => void): void {
  useChanges((change) => concernsWebhook(change, webhookId), refetch);
}

/** For the list of the viewer's bulk queries. */
export function useBulkQueryChanges(refetch: () => void): void {
  useChanges(concernsBulkQueries, refetch);
}
