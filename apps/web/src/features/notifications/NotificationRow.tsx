"use client";
/** A notification: what happened, when, and a link to it. Following the link marks it as read. */
import { describeHappening, pathOfSubject } from "@pareidolia/core/notifications/notificationKinds";
import type { NotificationEntryFragment } from "../../graphql/generated/graphql.ts";
import { Link } from "../marks/Link.tsx";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import styles from "./Notifications.module.css";

interface NotificationRowProps {
  readonly notification: NotificationEntryFragment;
  onMark(read: boolean): void;
  onFollow(): void;
}

export function NotificationRow({ notification, onMark, onFollow }: NotificationRowProps) {
  const { kind, subjectKey, subjectName, detail, createdAt, readAt, by } = notification;
  const isUnread = readAt == null;
  const sentence = describeHappening({ kind, subjectKey: subjectKey ?? null, by: by?.name ?? null });
  return (
    <li className={`${styles.row} ${isUnread ? styles.unread : ""}`}>
      <span className={styles.dot} aria-hidden="true" />
      <Link className={styles.text} href={pathOfSubject(subjectKey ?? null)} onClick={onFollow}>
        <span className={styles.sentence}>
          {isUnread ? <span className="visuallyHidden">Unread: </span> : null}
          {sentence}
        </span>
        {subjectName === "" ? null : <span className={`${styles.line} t12 muted`}>{subjectName}</span>}
        {detail === "" ? null : <span className={`${styles.line} t12 second`}>{detail}</span>}
      </Link>
      <span className={`${styles.time} t12 muted nowrap`}>
        <RelativeTime time={createdAt} />
      </span>
      <button type="button" className={styles.mark} onClick={() => onMark(isUnread)}>
        {isUnread ? "Mark read" : "Mark unread"}
        <span className="visuallyHidden">: {sentence}</span>
      </button>
    </li>
  );
}
