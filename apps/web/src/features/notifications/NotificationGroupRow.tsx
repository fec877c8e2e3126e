"use client";
/** Many notifications of one kind: one sentence, a link to the list of their subjects, and each of them on request. */
import { describeGroup, pathOfGroup } from "@pareidolia/core/notifications/groupHappenings";
import { useId, useState } from "react";
import { Link } from "../marks/Link.tsx";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import type { GroupableEntry } from "./groupableEntry.ts";
import { NotificationRow } from "./NotificationRow.tsx";
import styles from "./Notifications.module.css";

interface NotificationGroupRowProps {
  /** Latest first. */
  readonly group: readonly [GroupableEntry, ...GroupableEntry[]];
  readonly mayContinue: boolean;
  onMark(ids: readonly string[], read: boolean): void;
  onFollow(followed: readonly GroupableEntry[]): void;
}

const maxNamed = 4;

function namesOf(keys: readonly string[]): string {
  const distinct = [...new Set(keys)].toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }));
  if (distinct.length === 1) return "";
  const named = distinct.slice(0, maxNamed).join(", ");
  return distinct.length > maxNamed ? `${named} and ${distinct.length - maxNamed} more` : named;
}

export function NotificationGroupRow({ group, mayContinue, onMark, onFollow }: NotificationGroupRowProps) {
  const [open, setOpen] = useState(false);
  const listId = useId();
  const [latest] = group;
  const keys = group.flatMap(({ subjectKey }) => subjectKey ?? []);
  const unread = group.filter(({ readAt }) => readAt == null).map(({ id }) => id);
  const isUnread = unread.length > 0;
  const { kind, subjectKey, createdAt, by } = latest;
  const sentence = describeGroup({ latest: { kind, subjectKey, by: by?.name ?? null }, keys, mayContinue });
  const mark = () =>
    isUnread
      ? onMark(unread, true)
      : onMark(
          group.map(({ id }) => id),
          false,
        );
  const names = namesOf(keys);
  return (
    <li>
      <div className={`${styles.row} ${styles.group} ${isUnread ? styles.unread : ""}`}>
        <span className={styles.dot} aria-hidden="true" />
        <Link className={styles.text} href={pathOfGroup(keys)} onClick={() => onFollow(group)}>
          <span className={styles.sentence}>
            {isUnread ? <span className="visuallyHidden">Unread: </span> : null}
            {sentence}
          </span>
          {names === "" ? null : <span className={`${styles.line} n12 muted`}>{names}</span>}
        </Link>
        <span className={`${styles.time} t12 muted nowrap`}>
          <RelativeTime time={createdAt} />
        </span>
        <span className={styles.marks}>
          <button
            type="button"
            className={styles.mark}
            aria-expanded={open}
            aria-controls={open ? listId : undefined}
            onClick={() => setOpen(!open)}
          >
            {open ? "Hide" : "Show"} each<span className="visuallyHidden">: {sentence}</span>
          </button>
          <button type="button" className={styles.mark} onClick={mark}>
            {isUnread ? "Mark read" : "Mark unread"}
            <span className="visuallyHidden">: {sentence}</span>
          </button>
        </span>
      </div>
      {open ? (
        <ul id={listId} className={`${styles.list} ${styles.members}`}>
          {group.map((each) => (
            <NotificationRow
              key={each.id}
              notification={each}
              onMark={(read) => onMark([each.id], read)}
              onFollow={() => onFollow([each])}
            />
          ))}
        </ul>
      ) : null}
    </li>
  );
}
