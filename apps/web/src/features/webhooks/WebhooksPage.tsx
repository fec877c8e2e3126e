"use client";
/** The webhooks of the workspace, for owners, and the viewer's own: their state, their deliveries, and what changes them. */
import { useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { WebhooksDocument } from "../../graphql/generated/graphql.ts";
import { useFallbackPoll } from "../live/useFallbackPoll.ts";
import { useWebhookChanges } from "../live/useWorkspaceChanges.ts";
import { Button } from "../marks/Button.tsx";
import { useDataTools } from "../marks/DataTools.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { usePermissions } from "../permissions/usePermissions.ts";
import { SettingsPage } from "../settings/SettingsPage.tsx";
import { webhooksQuery } from "./deliveryRows.ts";
import { WebhookDialog } from "./WebhookDialog.tsx";
import { WebhookRow } from "./WebhookRow.tsx";
import styles from "./Webhooks.module.css";

const columns = ["name", "address", "events", "gets", "query", "created", "paused", "turned_off", "failing_since"];

export function WebhooksPage() {
  const [creating, setCreating] = useState(false);
  const { data, error, refetch } = useLiveQuery({ query: WebhooksDocument, poll: useFallbackPoll(), retryAfter: 3_000 });
  useWebhookChanges(null, refetch);
  const webhooks = data?.webhooks ?? [];
  const { toolbar, content } = useDataTools({
    name: "webhooks",
    columns,
    rows: () =>
      webhooks.map(({ name, url, kinds, query: own, personal, createdAt, pausedAt, disabledAt, failingSince }) => [
        name,
        url,
        kinds.join(" "),
        personal ? "own notifications" : "all events",
        own ?? null,
        createdAt,
        pausedAt ?? null,
        disabledAt ?? null,
        failingSince ?? null,
      ]),
    query: webhooksQuery,
  });
  const problem = data?.notificationSettings.webhookProblem ?? null;
  const mayShare = usePermissions().permits("webhook:manage");
  return (
    <SettingsPage
      tab="Webhooks"
      summary="Events posted to addresses of your own programs, signed by Standard Webhooks."
      actions={
        <Button look="primary" disabled={data === undefined || problem !== null} onClick={() => setCreating(true)}>
          New webhook
        </Button>
      }
    >
      {problem === null ? null : <p className={`${styles.note} second`}>{problem}</p>}
      {data === undefined ? (
        error ? (
          <RequestError message={error.message} onRetry={refetch} />
        ) : (
          <SkeletonLines count={4} />
        )
      ) : webhooks.length === 0 ? (
        <EmptyState title="No webhooks">
          {mayShare
            ? "One of the workspace gets every event of the kinds that you choose; your own gets what you are notified of."
            : "Your own webhook gets what you are notified of."}
        </EmptyState>
      ) : (
        <>
          <div className={styles.tools}>{toolbar}</div>
          {content}
          <ul className={styles.list}>
            {webhooks.map((webhook) => (
              <WebhookRow key={webhook.id} webhook={webhook} onChange={refetch} />
            ))}
          </ul>
        </>
      )}
      {creating ? <WebhookDialog webhook={null} mayShare={mayShare} onClose={() => setCreating(false)} onChange={refetch} /> : null}
    </SettingsPage>
  );
}
