-- Succeeded and cancelled runs are kinds of their own, which a sentence in the detail told apart before. Members and webhooks get both kinds
-- if they got the one.

CREATE OR REPLACE FUNCTION notification_defaults(kind TEXT, OUT product BOOLEAN, OUT email BOOLEAN, OUT webhook BOOLEAN)
LANGUAGE sql IMMUTABLE AS $$
  SELECT kind NOT IN ('SWEEP_RUN_SUCCEEDED', 'SWEEP_RUN_CANCELLED'),
    kind IN ('RUN_FAILED', 'SWEEP_PAUSED', 'SWEEP_ENDED', 'STUDY_ENDED', 'ASSIGNED', 'MENTIONED', 'WEBHOOK_DISABLED'),
    kind NOT IN ('SWEEP_RUN_SUCCEEDED', 'SWEEP_RUN_CANCELLED', 'WEBHOOK_DISABLED')
$$;

CREATE OR REPLACE FUNCTION notify_of_run() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  own TEXT := CASE WHEN NEW.sweep_id IS NULL THEN 'RUN_' ELSE 'SWEEP_RUN_' END;
  kind TEXT := CASE WHEN NEW.state IN ('FAILED', 'CRASHED') THEN 'RUN_FAILED' WHEN NEW.state = 'PAUSED' THEN 'RUN_PAUSED'
    ELSE own || NEW.state END;
  since TIMESTAMPTZ := CASE WHEN NEW.state = 'PAUSED' THEN NEW.outage_since ELSE coalesce(NEW.ended_at, NEW.updated_at) END;
BEGIN
  IF NEW.trashed_at IS NOT NULL THEN RETURN NULL; END IF;
  PERFORM notify_members(kind, concat_ws(':', 'run', NEW.id, NEW.state, extract(epoch FROM since)), NEW.workspace_id,
    jsonb_build_object('run', NEW.id),
    CASE WHEN NEW.state = 'PAUSED' THEN NEW.outage WHEN kind = 'RUN_FAILED' THEN coalesce(NEW.failure, '') ELSE '' END,
    followers_of(NEW.id, NEW.experiment_id, NEW.created_by_id, NEW.assignee_id));
  RETURN NULL;
END $$;

UPDATE "notifications"
  SET "kind" = replace("kind", 'RUN_ENDED', CASE "detail" WHEN 'Cancelled.' THEN 'RUN_CANCELLED' ELSE 'RUN_SUCCEEDED' END), "detail" = ''
  WHERE "kind" IN ('RUN_ENDED', 'SWEEP_RUN_ENDED');

UPDATE "webhook_deliveries"
  SET "kind" = replace("kind", 'RUN_ENDED', CASE "facts" ->> 'detail' WHEN 'Cancelled.' THEN 'RUN_CANCELLED' ELSE 'RUN_SUCCEEDED' END),
    "facts" = jsonb_set("facts", '{detail}', '""')
  WHERE "kind" IN ('RUN_ENDED', 'SWEEP_RUN_ENDED');

INSERT INTO "notification_choices" ("workspace_id", "user_id", "kind", "product", "email", "webhook")
  SELECT "workspace_id", "user_id", replace("kind", 'RUN_ENDED', 'RUN_CANCELLED'), "product", "email", "webhook"
  FROM "notification_choices" WHERE "kind" IN ('RUN_ENDED', 'SWEEP_RUN_ENDED');
UPDATE "notification_choices" SET "kind" = replace("kind", 'RUN_ENDED', 'RUN_SUCCEEDED') WHERE "kind" IN ('RUN_ENDED', 'SWEEP_RUN_ENDED');

UPDATE "webhooks" SET "kinds" = array_replace("kinds", 'RUN_ENDED', 'RUN_SUCCEEDED') || 'RUN_CANCELLED'::text WHERE 'RUN_ENDED' = ANY ("kinds");
UPDATE "webhooks" SET "kinds" = array_replace("kinds", 'SWEEP_RUN_ENDED', 'SWEEP_RUN_SUCCEEDED') || 'SWEEP_RUN_CANCELLED'::text
  WHERE 'SWEEP_RUN_ENDED' = ANY ("kinds");
