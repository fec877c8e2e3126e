-- Webhooks (Standard Webhooks): addresses to which a workspace or a member has events sent, and a row for each delivery, which is written in
-- the transaction of the event.

CREATE TABLE "webhooks" (
  "id" TEXT PRIMARY KEY,
  "workspace_id" TEXT NOT NULL REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "owner_id" TEXT,
  "name" TEXT NOT NULL,
  "url" TEXT NOT NULL,
  "kinds" TEXT[] NOT NULL,
  "secret" TEXT NOT NULL,
  "previous_secret" TEXT,
  "previous_until" TIMESTAMPTZ(3),
  "paused_at" TIMESTAMPTZ(3),
  "disabled_at" TIMESTAMPTZ(3),
  "failing_since" TIMESTAMPTZ(3),
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  FOREIGN KEY ("workspace_id", "owner_id") REFERENCES "memberships"("workspace_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "webhooks_workspace_id_owner_id_idx" ON "webhooks"("workspace_id", "owner_id");
CREATE INDEX "webhooks_workspace_id_created_at_id_idx" ON "webhooks"("workspace_id", "created_at", "id");

CREATE TABLE "webhook_deliveries" (
  "id" TEXT PRIMARY KEY DEFAULT 'msg_' || replace(gen_random_uuid()::text, '-', ''),
  "webhook_id" TEXT NOT NULL REFERENCES "webhooks"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "event" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "facts" JSONB NOT NULL DEFAULT '{}',
  "body" TEXT,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "next_attempt_at" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
  "attempts" INTEGER NOT NULL DEFAULT 0,
  "delivered_at" TIMESTAMPTZ(3),
  "status" INTEGER,
  "duration_ms" INTEGER,
  "excerpt" TEXT,
  "failure" TEXT
);
CREATE UNIQUE INDEX "webhook_deliveries_webhook_id_event_key" ON "webhook_deliveries"("webhook_id", "event");
CREATE INDEX "webhook_deliveries_webhook_id_created_at_id_idx" ON "webhook_deliveries"("webhook_id", "created_at", "id");
CREATE INDEX "webhook_deliveries_next_attempt_at_idx" ON "webhook_deliveries"("next_attempt_at");

-- A webhook of the workspace gets each event once, whoever is concerned; a member's own gets what the member is notified of.
CREATE FUNCTION queue_deliveries(new_kind TEXT, new_event TEXT, workspace TEXT, subject JSONB, new_detail TEXT, people TEXT[], actor TEXT)
RETURNS void LANGUAGE sql AS $$
  INSERT INTO webhook_deliveries (webhook_id, event, kind, facts)
  SELECT h.id, new_event, new_kind, subject || jsonb_build_object('detail', new_detail, 'by', actor, 'at', now())
  FROM webhooks h JOIN workspaces w ON w.id = h.workspace_id
    LEFT JOIN memberships m ON m.workspace_id = h.workspace_id AND m.user_id = h.owner_id
    CROSS JOIN LATERAL notification_defaults(new_kind) d
    LEFT JOIN notification_choices c ON c.workspace_id = h.workspace_id AND c.user_id = h.owner_id AND c.kind = new_kind
  WHERE h.workspace_id = workspace AND w.deleted_at IS NULL AND h.paused_at IS NULL AND h.disabled_at IS NULL AND new_kind = ANY (h.kinds)
    AND CASE WHEN h.owner_id IS NULL THEN cardinality(people) > 0
      ELSE h.owner_id = ANY (people) AND h.owner_id IS DISTINCT FROM actor AND m.suspended_at IS NULL AND coalesce(c.webhook, d.webhook) END
  ON CONFLICT (webhook_id, event) DO NOTHING
$$;

ALTER FUNCTION notify_members(TEXT, TEXT, TEXT, JSONB, TEXT, TEXT[]) RENAME TO write_notifications;
CREATE FUNCTION notify_members(new_kind TEXT, new_event TEXT, workspace TEXT, subject JSONB, new_detail TEXT, people TEXT[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM write_notifications(new_kind, new_event, workspace, subject, new_detail, people);
  PERFORM queue_deliveries(new_kind, new_event, workspace, subject, new_detail, people, nullif(current_setting('pareidolia.actor', true), ''));
END $$;
