"use client";
/** The list of notifications, read again with each change, and what marks them. */
import { useEffect } from "react";
import { toast } from "sonner";
import { useMutation } from "urql";
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
import { useNotificationChange } from "./notificationFeed.ts";

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

export function useMarks() {
  const [, mark] = useMutation(MarkNotificationsDocument);
  const [{ fetching }, markAll] = useMutation(MarkAllNotificationsReadDocument);
  const showUndo = useUndo();
  const set = async (ids: readonly string[], read: boolean) => {
    const { data, error } = await mark({ input: { notificationIds: [...ids], read } });
    const problem = mutationProblem(data?.markNotifications, error);
    if (problem !== null) toast.error(problem);
  };
  return {
    busy: fetching,
    set,
    async setAll(latest: NotificationEntryFragment | undefined) {
      if (latest === undefined) return;
      const { data, error } = await markAll({ input: { until: latest.createdAt } });
      const answer = data?.markAllNotificationsRead;
      const problem = mutationProblem(answer, error);
      if (problem !== null) toast.error(problem);
      if (answer?.__typename !== "MarkAllNotificationsReadSuccess" || answer.ids.length === 0) return;
      const { ids } = answer;
      // The API marks 500 at once.
      showUndo({ title: "All notifications are read.", undo: () => void set(ids.slice(0, 500), false) });
    },
  };
}
