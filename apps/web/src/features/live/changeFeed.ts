/**
 * One subscription to a workspace's changes, shared by all parts of a page. Each part names the objects it shows, and reloads them when
 * they change. The first event lists the changes since the number that it starts after; without a number, it says that anything may have
 * changed. After a lost connection, or a page without such parts, the subscription resumes after the last event.
 */
import type { Client } from "urql";
import { clientState } from "../../graphql/client/clientState.ts";
import type { ResumingContext } from "../../graphql/client/resumingSubscription.ts";
import { WorkspaceChangesDocument, type WorkspaceChangesSubscription } from "../../graphql/generated/graphql.ts";

export type WorkspaceChange = WorkspaceChangesSubscription["workspaceChanges"];

export interface ChangeFeed {
  /** Returns a function that removes the listener. */
  follow(listener: (change: WorkspaceChange) => void): () => void;
  /** Without effect after the first event. */
  startAfter(seq: number): void;
}

function createChangeFeed(client: Client): ChangeFeed {
  const listeners = new Set<(change: WorkspaceChange) => void>();
  let stop: (() => void) | null = null;
  /** Number of the last event, or the one to start after; null without both. */
  let since: number | null = null;
  const start = (): (() => void) => {
    const context: ResumingContext = { mayContinue: () => true, startsOver: true };
    return client.subscription(WorkspaceChangesDocument, { since }, { ...context }).subscribe(({ data }) => {
      if (!data) return;
      since = Math.max(since ?? 0, data.workspaceChanges.seq);
      for (const listener of listeners) listener(data.workspaceChanges);
    }).unsubscribe;
  };
  return {
    startAfter(seq) {
      since ??= seq;
    },
    follow(listener) {
      listeners.add(listener);
      stop ??= start();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        stop?.();
        stop = null;
      };
    },
  };
}

export const changeFeedOf = clientState(createChangeFeed);

/** @param shown IDs of the shown objects; null for a list, which any change may concern, except of webhooks and bulk queries. */
export function concerns(
  { everything, runIds, experimentIds, sweepIds, savedComparisonIds }: WorkspaceChange,
  shown: readonly string[] | null,
): boolean {
  const changed = [...runIds, ...experimentIds, ...sweepIds, ...savedComparisonIds];
  if (shown === null) return everything || changed.length > 0;
  if (shown.length === 0) return false;
  return everything || shown.some((id) => changed.includes(id));
}

export function concernsBulkQueries({ everything, bulkQueryIds }: WorkspaceChange): boolean {
  return everything || bulkQueryIds.length > 0;
}

/** @param webhookId null for the list of webhooks. */
export function concernsWebhook({ everything, webhookIds }: WorkspaceChange, webhookId: string | null): boolean {
  return everything || (webhookId === null ? webhookIds.length > 0 : webhookIds.includes(webhookId));
}
