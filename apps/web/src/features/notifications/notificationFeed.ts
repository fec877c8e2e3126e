/**
 * One subscription to the viewer's notifications for all parts of a page: the number of unread ones, and a signal whenever the list has
 * changed. The first event gives the present state, and so does the first after a lost connection.
 */
import { useSyncExternalStore } from "react";
import { type Client, useClient } from "urql";
import { clientState } from "../../graphql/client/clientState.ts";
import type { ResumingContext } from "../../graphql/client/resumingSubscription.ts";
import { NotificationChangesDocument, type NotificationChangesSubscription } from "../../graphql/generated/graphql.ts";

export type NotificationChange = NotificationChangesSubscription["notificationChanges"];

interface NotificationFeed {
  readonly current: () => NotificationChange | null;
  /** Returns a function that removes the listener. */
  readonly follow: (listener: () => void) => () => void;
}

function createNotificationFeed(client: Client): NotificationFeed {
  const listeners = new Set<() => void>();
  let current: NotificationChange | null = null;
  let stop: (() => void) | null = null;
  const start = (): (() => void) => {
    const context: ResumingContext = { mayContinue: () => true };
    return client.subscription(NotificationChangesDocument, {}, { ...context }).subscribe(({ data }) => {
      if (!data) return;
      current = data.notificationChanges;
      for (const listener of listeners) listener();
    }).unsubscribe;
  };
  return {
    current: () => current,
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

const feedOf = clientState(createNotificationFeed);

/** Null until the first event. */
export function useNotificationChange(): NotificationChange | null {
  const feed = feedOf(useClient());
  return useSyncExternalStore(feed.follow, feed.current, () => null);
}
