"use client";
/** Rows of notifications, where many neighbours of one kind are one row that opens. */
import { groupHappenings } from "@pareidolia/core/notifications/groupHappenings";
import type { NotificationEntryFragment } from "../../graphql/generated/graphql.ts";
import { groupable } from "./groupableEntry.ts";
import { NotificationGroupRow } from "./NotificationGroupRow.tsx";
import { NotificationRow } from "./NotificationRow.tsx";
import { showAssumed, useAssumedMarks } from "./notificationFeed.ts";

interface NotificationEntriesProps {
  /** Latest first. */
  readonly notifications: readonly NotificationEntryFragment[];
  /** Whether the last group may continue after them. */
  readonly mayContinue: boolean;
  /** Of groups and single notifications together; all by default. */
  readonly most?: number;
  /** @param ids of the notifications whose mark changes. */
  onMark(ids: readonly string[], read: boolean): void;
}

export function NotificationEntries({ notifications, mayContinue, most = Number.POSITIVE_INFINITY, onMark }: NotificationEntriesProps) {
  const groups = groupHappenings(showAssumed(notifications, useAssumedMarks()).map(groupable));
  return groups
    .slice(0, most)
    .map((group, index) =>
      group.length === 1 ? (
        <NotificationRow key={group[0].id} notification={group[0]} onMark={(read) => onMark([group[0].id], read)} />
      ) : (
        <NotificationGroupRow
          key={group.at(-1)?.id}
          group={group}
          mayContinue={mayContinue && index === groups.length - 1}
          onMark={onMark}
        />
      ),
    );
}
