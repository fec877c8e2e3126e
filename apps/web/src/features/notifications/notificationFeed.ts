/**
 * One subscription to the viewer's notifications for all parts of a page: the number of unread ones, and a signal whenever the list has
 * changed. The first event gives the present state, and so does the first after a lost connection. Marks change the number at once.
 */
import { useSyncExternalStore } from "react";
import { type Client, useClient } from "urql";
import { clientState } from "../../graphql/client/clientState.ts";
import type { ResumingContext } from "../../graphql/client/resumingSubscription.ts";
import { NotificationChangesDocument, type NotificationChangesSubscription } from "../../graphql/generated/graphql.ts";

export type NotificationChange = NotificationChangesSubscription["notificationChanges"];

export interface NotificationFeed {
  readonly current: () => NotificationChange | null;
  readonly unread: () => number;
  /** Changes the number until the returned function is called, with the number after the change or null if it failed. */
  readonly assume: (change: (unread: number) => number) => (unread: number | null) => void;
  /** Returns a function that removes the listener. */
  readonly follow: (listener: () => void) => () => void;
}

export function createNotificationFeed(client: Pick<Client, "subscription">): NotificationFeed {
  const listeners = new Set<() => void>();
  const assumed = new Set<(unread: number) => number>();
  let current: NotificationChange | null = null;
  let unread = 0;
  let stop: (() => void) | null = null;
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const start = (): (() => void) => {
    const context: ResumingContext = { mayContinue: () => true };
    return client.subscription(NotificationChangesDocument, {}, { ...context }).subscribe(({ data }) => {
      if (!data) return;
      current = data.notificationChanges;
      unread = current.unread;
      tell();
    }).unsubscribe;
  };
  return {
    current: () => current,
    unread: () =>
      Math.max(
        0,
        [...assumed].reduce((count, change) => change(count), unread),
      ),
    assume(change) {
      assumed.add(change);
      tell();
      return (known) => {
        assumed.delete(change);
        unread = known ?? unread;
        tell();
      };
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

export const notificationFeedOf = clientState(createNotificationFeed);

/** Null until the first event. */
export function useNotificationChange(): NotificationChange | null {
  const feed = notificationFeedOf(useClient());
  return useSyncExternalStore(feed.follow, feed.current, () => null);
}

/** The number of unread notifications; 100 stands for 100 or more. */
export function useUnreadCount(): number {
  const feed = notificationFeedOf(useClient());
  return useSyncExternalStore(feed.follow, feed.unread, () => 0);
}
