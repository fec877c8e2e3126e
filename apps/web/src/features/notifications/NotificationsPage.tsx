"use client";
/** All notifications of the viewer in this workspace, latest first; optionally only the unread ones. */
import { openEnd } from "@pareidolia/core/notifications/groupHappenings";
import { parseAsBoolean, useQueryState } from "nuqs";
import { useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { NotificationsDocument } from "../../graphql/generated/graphql.ts";
import { useFallbackPoll } from "../live/useFallbackPoll.ts";
import { AddressCheck } from "../marks/AddressNote.tsx";
import { Button, ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { ListTools } from "../marks/ListTools.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { ViewChoice } from "../settings/ViewChoice.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import { type GroupableEntry, groupable } from "./groupableEntry.ts";
import { NotificationEntries } from "./NotificationEntries.tsx";
import styles from "./Notifications.module.css";
import { useUnreadCount } from "./notificationFeed.ts";
import { notificationsFile, notificationsQuery } from "./notificationsFile.ts";
import { useMarks, useNotifications } from "./useNotifications.ts";

export function NotificationsPage() {
  const [unread, setUnread] = useQueryState("unread", parseAsBoolean.withDefault(false));
  const { data, error, refetch } = useNotifications(unread ? true : null);
  const [more, setMore] = useState(0);
  const unreadCount = useUnreadCount();
  const { setAll } = useMarks();
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
          <Button disabled={unreadCount === 0} onClick={() => void setAll(nodes[0])}>
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
        onChange={(view) => {
          setMore(0);
          void setUnread(view === "unread" ? true : null);
        }}
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
          <ListTools
            name="notifications"
            document={NotificationsDocument}
            variables={{ unread: unread ? true : null }}
            pageOf={({ notifications }) => notifications}
            columns={notificationsFile}
            query={notificationsQuery(unread)}
          />
          <ul className={styles.list}>
            <NotificationPages
              key={String(unread)}
              unread={unread ? true : null}
              after={null}
              carried={[]}
              more={more}
              onMore={() => setMore(more + 1)}
            />
          </ul>
        </div>
      )}
    </div>
  );
}

interface NotificationPagesProps {
  readonly unread: boolean | null;
  readonly after: string | null;
  /** The last notifications of the page before, which may form a group with the first ones of this page. */
  readonly carried: readonly GroupableEntry[];
  /** Number of further pages shown. */
  readonly more: number;
  onMore(): void;
}

function NotificationPages({ unread, after, carried, more, onMore }: NotificationPagesProps) {
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
  const next = page?.pageInfo.hasNextPage === true ? (page.pageInfo.endCursor ?? null) : null;
  const rows = [...carried, ...(page?.nodes ?? []).map(groupable)];
  const passedOn = next !== null && more > 0 ? openEnd(rows) : [];
  return (
    <>
      <NotificationEntries
        notifications={rows.slice(0, rows.length - passedOn.length)}
        mayContinue={next !== null && more === 0}
        onMark={(...marks) => void set(...marks)}
      />
      {next !== null && more === 0 ? (
        <li className={styles.more}>
          <Button look="quiet" onClick={onMore}>
            Show more
          </Button>
        </li>
      ) : null}
      {next !== null && more > 0 ? (
        <NotificationPages unread={unread} after={next} carried={passedOn} more={more - 1} onMore={onMore} />
      ) : null}
    </>
  );
}
