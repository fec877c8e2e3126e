"use client";
/** All notifications of the viewer in this workspace, latest first; optionally only the unread ones. */
import { parseAsBoolean, useQueryState } from "nuqs";
import { useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { NotificationsDocument } from "../../graphql/generated/graphql.ts";
import { useFallbackPoll } from "../live/useFallbackPoll.ts";
import { AddressCheck } from "../marks/AddressNote.tsx";
import { Button, ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { ViewChoice } from "../settings/ViewChoice.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import { NotificationRow } from "./NotificationRow.tsx";
import styles from "./Notifications.module.css";
import { useNotificationChange } from "./notificationFeed.ts";
import { useMarks, useNotifications } from "./useNotifications.ts";

export function NotificationsPage() {
  const [unread, setUnread] = useQueryState("unread", parseAsBoolean.withDefault(false));
  const { data, error, refetch } = useNotifications(unread ? true : null);
  const unreadCount = useNotificationChange()?.unread ?? 0;
  const { busy, setAll } = useMarks();
  const nodes = data?.notifications.nodes ?? [];
  return (
    <div className="page">
      <PagePath steps={[]} here="Notifications" />
      <header className="pageHead">
        <div>
          <h1>Notifications</h1>
          <p>What ended, failed or concerns you in this workspace.</p>
        </div>
        <div className="pageActions">
          <Button disabled={busy || unreadCount === 0} onClick={() => void setAll(nodes[0])}>
            Mark all read
          </Button>
          <ButtonLink href="/settings/notifications">Choose what you get</ButtonLink>
        </div>
      </header>
      <AddressCheck names={["unread"]} />
      <ViewChoice
        label="Notifications"
        views={["all", "unread"]}
        labels={{ all: "All", unread: "Unread" }}
        view={unread ? "unread" : "all"}
        onChange={(view) => void setUnread(view === "unread" ? true : null)}
      />
      {data === undefined ? (
        error ? (
          <RequestError message={error.message} onRetry={refetch} />
        ) : (
          <SkeletonLines count={6} />
        )
      ) : nodes.length === 0 ? (
        <EmptyState title={unread ? "Nothing unread" : "No notifications yet"}>
          You hear here of runs and sweeps that you start, that are assigned to you or that you pin, of your studies, and of comments on
          them.
        </EmptyState>
      ) : (
        <div className={styles.page}>
          <NotificationPages unread={unread ? true : null} />
        </div>
      )}
    </div>
  );
}

function NotificationPages({ unread }: { unread: boolean | null }) {
  const [pages, setPages] = useState<readonly (string | null)[]>([null]);
  return (
    <ul className={styles.list}>
      {pages.map((after, index) => (
        <NotificationRows
          key={after ?? ""}
          unread={unread}
          after={after}
          onMore={index === pages.length - 1 ? (cursor) => setPages([...pages, cursor]) : null}
        />
      ))}
    </ul>
  );
}

interface NotificationRowsProps {
  readonly unread: boolean | null;
  readonly after: string | null;
  readonly onMore: ((cursor: string) => void) | null;
}

function NotificationRows({ unread, after, onMore }: NotificationRowsProps) {
  const poll = useFallbackPoll();
  // The page itself reads the first one again with each change.
  const { data } = useLiveQuery({
    query: NotificationsDocument,
    variables: { unread, after },
    requestPolicy: after === null ? "cache-first" : "cache-and-network",
    poll: after === null ? null : poll,
  });
  const { set } = useMarks();
  const page = data?.notifications;
  const next = page?.pageInfo.hasNextPage === true ? page.pageInfo.endCursor : null;
  return (
    <>
      {page?.nodes.map((each) => (
        <NotificationRow key={each.id} notification={each} onMark={(read) => void set([each.id], read)} />
      ))}
      {next != null && onMore !== null ? (
        <li className={styles.more}>
          <Button look="quiet" onClick={() => onMore(next)}>
            Show more
          </Button>
        </li>
      ) : null}
    </>
  );
}
