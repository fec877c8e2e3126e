/**
 * One subscription to the viewer's notifications for all parts of a page: the number of unread ones, and a signal whenever the list has
 * changed. The first event gives the present state, and so does the first after a lost connection. Marks show at once, and stay while their
 * request is under way, also if the list is read again meanwhile.
 */
import { useSyncExternalStore } from "react";
import { type Client, useClient } from "urql";
import { clientState } from "../../graphql/client/clientState.ts";
import type { ResumingContext } from "../../graphql/client/resumingSubscription.ts";
import {
  NotificationChangesDocument,
  type NotificationChangesSubscription,
  type NotificationEntryFragment,
} from "../../graphql/generated/graphql.ts";

export type NotificationChange = NotificationChangesSubscription["notificationChanges"];

type Marked = Pick<NotificationEntryFragment, "id" | "createdAt" | "readAt">;

/** Marks whose request is under way. */
export interface AssumedMarks {
  /** When the notifications were read; null if they become unread. */
  readonly readAt: string | null;
  readonly concerns: (notification: Marked) => boolean;
  readonly count: (unread: number) => number;
}

interface MarkAnswer {
  /** The number of unread notifications after the marks; null if they failed. */
  readonly unread: number | null;
}

export interface NotificationFeed {
  readonly current: () => NotificationChange | null;
  readonly unread: () => number;
  readonly assumed: () => readonly AssumedMarks[];
  /** Shows the marks at once, and sends them when those before have their answers: the last mark of a notification is the one that stays. */
  readonly mark: <Answer extends MarkAnswer>(marks: AssumedMarks, send: () => Promise<Answer>) => Promise<Answer>;
  /** Returns a function that removes the listener. */
  readonly follow: (listener: () => void) => () => void;
}

export function createNotificationFeed(client: Pick<Client, "subscription">): NotificationFeed {
  const listeners = new Set<() => void>();
  let assumed: readonly AssumedMarks[] = [];
  let current: NotificationChange | null = null;
  let unread = 0;
  let stop: (() => void) | null = null;
  let sent: Promise<unknown> = Promise.resolve();
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
        assumed.reduce((number, { count }) => count(number), unread),
      ),
    assumed: () => assumed,
    async mark(marks, send) {
      assumed = [...assumed, marks];
      tell();
      const answered = sent.then(send);
      sent = answered.catch(() => undefined);
      let known: number | null = null;
      try {
        const answer = await answered;
        known = answer.unread;
        return answer;
      } finally {
        assumed = assumed.filter((each) => each !== marks);
        unread = known ?? unread;
        tell();
      }
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

/** Where the API stops counting. */
const maxCounted = 100;

const now = (): string => new Date().toISOString();

/** @param changed how many of them change; all by default. */
export function marksOf(ids: readonly string[], read: boolean, changed = ids.length): AssumedMarks {
  const marked = new Set(ids);
  return {
    readAt: read ? now() : null,
    concerns: ({ id }) => marked.has(id),
    count: (unread) => (unread >= maxCounted ? unread : unread + (read ? -changed : changed)),
  };
}

/** @param until the time of the latest notification that becomes read. */
export function allReadUntil(until: string): AssumedMarks {
  return {
    readAt: now(),
    concerns: ({ createdAt, readAt }) => readAt == null && Date.parse(createdAt) <= Date.parse(until),
    count: () => 0,
  };
}

export function showAssumed<T extends Marked>(notifications: readonly T[], assumed: readonly AssumedMarks[]): readonly T[] {
  return notifications.map((notification) =>
    assumed.reduce((shown, { concerns, readAt }) => (concerns(shown) ? { ...shown, readAt } : shown), notification),
  );
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

const none: readonly AssumedMarks[] = [];

export function useAssumedMarks(): readonly AssumedMarks[] {
  const feed = notificationFeedOf(useClient());
  return useSyncExternalStore(feed.follow, feed.assumed, () => none);
}
