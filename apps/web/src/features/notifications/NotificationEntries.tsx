"use client";
/** Rows of notifications, where many neighbours of one kind are one row that opens. */
import { groupHappenings } from "@pareidolia/core/notifications/groupHappenings";
import type { NotificationEntryFragment } from "../../graphql/generated/graphql.ts";
import { groupable } from "./groupableEntry.ts";
import { NotificationGroupRow } from "./NotificationGroupRow.tsx";
import { NotificationRow } from "./NotificationRow.tsx";
import { showAssumed, useAssumedMarks, useUnreadCount } from "./notificationFeed.ts";

interface NotificationEntriesProps {
  /** Latest first. */
  readonly notifications: readonly NotificationEntryFragment[];
  /** Whether the last group may continue after them. */
  readonly mayContinue: boolean;
  /** Of groups and single notifications together; all by default. */
  readonly most?: number;
  /** @param changed how many of the notifications change as far as the page knows; all by default. */
  onMark(ids: readonly string[], read: boolean, changed?: number): void;
}

export function NotificationEntries({ notifications, mayContinue, most = Number.POSITIVE_INFINITY, onMark }: NotificationEntriesProps) {
  const hasUnread = useUnreadCount() > 0;
  // The list may lag behind the bell, so a followed link also marks notifications that it shows as read.
  const follow = (followed: readonly NotificationEntryFragment[]) => {
    const changed = followed.filter(({ readAt }) => readAt == null).length;
    if (changed > 0 || hasUnread)
      onMark(
        followed.map(({ id }) => id),
        true,
        changed,
      );
  };
  const groups = groupHappenings(showAssumed(notifications, useAssumedMarks()).map(groupable));
  return groups
    .slice(0, most)
    .map((group, index) =>
      group.length === 1 ? (
        <NotificationRow
          key={group[0].id}
          notification={group[0]}
          onMark={(read) => onMark([group[0].id], read)}
          onFollow={() => follow(group)}
        />
      ) : (
        <NotificationGroupRow
          key={group.at(-1)?.id}
          group={group}
          mayContinue={mayContinue && index === groups.length - 1}
          onMark={onMark}
          onFollow={follow}
        />
      ),
    );
}
