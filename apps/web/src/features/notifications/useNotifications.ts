"use client";
/** The list of notifications, read again with each change, and what marks them. */
import { useEffect } from "react";
import { toast } from "sonner";
import { useClient, useMutation } from "urql";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import {
  MarkAllNotificationsReadDocument,
  MarkNotificationsDocument,
  type NotificationEntryFragment,
  NotificationsDocument,
} from "../../graphql/generated/graphql.ts";
import { useFallbackPoll } from "../live/useFallbackPoll.ts";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { useUndo } from "../marks/useUndo.tsx";
import { allReadUntil, marksOf, notificationFeedOf, useNotificationChange } from "./notificationFeed.ts";

const retryMilliseconds = 3_000;

/** @param unread null for all. */
export function useNotifications(unread: boolean | null, isShown = true) {
  const change = useNotificationChange();
  const poll = useFallbackPoll();
  const result = useLiveQuery({
    query: NotificationsDocument,
    variables: { unread, after: null },
    pause: !isShown,
    poll,
    retryAfter: retryMilliseconds,
  });
  const { refetch } = result;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change reads the list again
  useEffect(() => {
    if (isShown) refetch();
  }, [change, isShown, refetch]);
  return result;
}

/** The most that the API marks at once. */
const maxMarked = 500;

/** Marks are shown at once, and taken back with a message if the API refuses them. */
export function useMarks() {
  const feed = notificationFeedOf(useClient());
  const [, mark] = useMutation(MarkNotificationsDocument);
  const [, markAll] = useMutation(MarkAllNotificationsReadDocument);
  const showUndo = useUndo();
  /** @param changed how many of the notifications change as far as the page knows; all by default. */
  const set = async (ids: readonly string[], read: boolean, changed = ids.length): Promise<void> => {
    const part = ids.slice(0, maxMarked);
    const { answer, error } = await feed.mark(marksOf(part, read, Math.min(changed, part.length)), async () => {
      const { data, error: failed } = await mark({ input: { notificationIds: part, read } });
      const given = data?.markNotifications;
      return { unread: given?.__typename === "MarkNotificationsSuccess" ? given.unread : null, answer: given, error: failed };
    });
    const problem = mutationProblem(answer, error);
    if (problem !== null) toast.error(problem);
    else if (ids.length > part.length) await set(ids.slice(part.length), read, Math.max(0, changed - part.length));
  };
  return {
    set,
    async setAll(latest: NotificationEntryFragment | undefined) {
      if (latest === undefined) return;
      const { answer, error } = await feed.mark(allReadUntil(latest.createdAt), async () => {
        const { data, error: failed } = await markAll({ input: { until: latest.createdAt } });
        const given = data?.markAllNotificationsRead;
        return { unread: given?.__typename === "MarkAllNotificationsReadSuccess" ? given.unread : null, answer: given, error: failed };
      });
      const problem = mutationProblem(answer, error);
      if (problem !== null) toast.error(problem);
      if (answer?.__typename !== "MarkAllNotificationsReadSuccess" || answer.ids.length === 0) return;
      const { ids } = answer;
      showUndo({ title: "All notifications are read.", undo: () => void set(ids, false) });
    },
  };
}
