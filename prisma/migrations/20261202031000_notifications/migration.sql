-- Notifications: what ended, failed or concerns a member. Deferred triggers write them in the transaction of the change, so that none is lost
-- and, by the key of event and recipient, none is written twice. They run at the commit, when the audit log has named the member who made the
-- change (set_config('pareidolia.actor')), who needs no notification of it.

CREATE TABLE "notification_choices" (
  "workspace_id" TEXT NOT NULL,
  "user_id" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "product" BOOLEAN NOT NULL,
  "email" BOOLEAN NOT NULL,
  "webhook" BOOLEAN NOT NULL,
  PRIMARY KEY ("workspace_id", "user_id", "kind"),
  FOREIGN KEY ("workspace_id", "user_id") REFERENCES "memberships"("workspace_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- Nothing is left of a membership that ends.
CREATE TABLE "notifications" (
  "id" TEXT PRIMARY KEY DEFAULT 'notification_' || gen_random_uuid(),
  "workspace_id" TEXT NOT NULL,
  "user_id" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "event" TEXT NOT NULL,
  "run_id" TEXT REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "experiment_id" TEXT REFERENCES "experiments"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "sweep_id" TEXT REFERENCES "sweeps"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "study_id" TEXT REFERENCES "studies"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "by_id" TEXT REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE,
  "detail" TEXT NOT NULL DEFAULT '',
  "shown" BOOLEAN NOT NULL DEFAULT true,
  "mail_due_at" TIMESTAMPTZ(3),
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "read_at" TIMESTAMPTZ(3),
  FOREIGN KEY ("workspace_id", "user_id") REFERENCES "memberships"("workspace_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "notifications_user_id_event_key" ON "notifications"("user_id", "event");
CREATE INDEX "notifications_workspace_id_user_id_created_at_id_idx" ON "notifications"("workspace_id", "user_id", "created_at", "id");
CREATE INDEX "notifications_unread_idx" ON "notifications"("workspace_id", "user_id") WHERE "shown" AND "read_at" IS NULL;
CREATE INDEX "notifications_mail_due_at_idx" ON "notifications"("mail_due_at");
CREATE INDEX "notifications_run_id_idx" ON "notifications"("run_id");
CREATE INDEX "notifications_experiment_id_idx" ON "notifications"("experiment_id");
CREATE INDEX "notifications_sweep_id_idx" ON "notifications"("sweep_id");
CREATE INDEX "notifications_study_id_idx" ON "notifications"("study_id");
CREATE INDEX "notifications_by_id_idx" ON "notifications"("by_id");

-- What a member gets who has chosen nothing.
CREATE FUNCTION notification_defaults(kind TEXT, OUT product BOOLEAN, OUT email BOOLEAN, OUT webhook BOOLEAN) LANGUAGE sql IMMUTABLE AS $$
  SELECT kind <> 'SWEEP_RUN_ENDED',
    kind IN ('RUN_FAILED', 'SWEEP_ENDED', 'STUDY_ENDED', 'ASSIGNED', 'MENTIONED', 'WEBHOOK_DISABLED'),
    kind NOT IN ('SWEEP_RUN_ENDED', 'WEBHOOK_DISABLED')
$$;

-- `subject` has the ids of the rows that the notification leads to. E-mails wait, so that one message covers the events of a few minutes.
CREATE FUNCTION notify_members(new_kind TEXT, new_event TEXT, workspace TEXT, subject JSONB, new_detail TEXT, people TEXT[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  actor TEXT := nullif(current_setting('pareidolia.actor', true), '');
  person TEXT;
BEGIN
  FOR person IN
    INSERT INTO notifications (workspace_id, user_id, kind, event, run_id, experiment_id, sweep_id, study_id, by_id, detail, shown, mail_due_at)
    SELECT m.workspace_id, m.user_id, new_kind, new_event, subject->>'run', subject->>'experiment', subject->>'sweep', subject->>'study',
      actor, new_detail, coalesce(c.product, d.product), CASE WHEN coalesce(c.email, d.email) THEN now() + interval '3 minutes' END
    FROM memberships m JOIN workspaces w ON w.id = m.workspace_id
      CROSS JOIN LATERAL notification_defaults(new_kind) d
      LEFT JOIN notification_choices c ON c.workspace_id = m.workspace_id AND c.user_id = m.user_id AND c.kind = new_kind
    WHERE m.workspace_id = workspace AND w.deleted_at IS NULL AND m.suspended_at IS NULL AND m.user_id = ANY (people)
      AND m.user_id IS DISTINCT FROM actor AND (coalesce(c.product, d.product) OR coalesce(c.email, d.email))
    ORDER BY m.user_id
    ON CONFLICT (user_id, event) DO NOTHING
    RETURNING user_id
  LOOP
    PERFORM pg_notify('pareidolia_notifications', workspace || ' ' || person);
  END LOOP;
END $$;

-- Who started it, to whom it or its experiment is assigned, and who has pinned one of the two.
CREATE FUNCTION followers_of(run TEXT, experiment TEXT, creator TEXT, assignee TEXT) RETURNS TEXT[] LANGUAGE sql STABLE AS $$
  SELECT array_agg(DISTINCT person) FROM (
    SELECT creator UNION ALL SELECT assignee
    UNION ALL SELECT e.assignee_id FROM experiments e WHERE e.id = experiment
    UNION ALL SELECT p.user_id FROM pins p WHERE p.run_id = run
    UNION ALL SELECT p.user_id FROM pins p WHERE p.experiment_id = experiment
  ) people(person) WHERE person IS NOT NULL
$$;

CREATE FUNCTION notify_of_run() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  kind TEXT := CASE WHEN NEW.state IN ('FAILED', 'CRASHED') THEN 'RUN_FAILED' WHEN NEW.state = 'PAUSED' THEN 'RUN_PAUSED'
    WHEN NEW.sweep_id IS NULL THEN 'RUN_ENDED' ELSE 'SWEEP_RUN_ENDED' END;
  since TIMESTAMPTZ := CASE WHEN NEW.state = 'PAUSED' THEN NEW.outage_since ELSE coalesce(NEW.ended_at, NEW.updated_at) END;
BEGIN
  IF NEW.trashed_at IS NOT NULL THEN RETURN NULL; END IF;
  PERFORM notify_members(kind, concat_ws(':', 'run', NEW.id, NEW.state, extract(epoch FROM since)), NEW.workspace_id,
    jsonb_build_object('run', NEW.id),
    CASE NEW.state WHEN 'PAUSED' THEN NEW.outage WHEN 'CANCELLED' THEN 'Cancelled.' WHEN 'SUCCEEDED' THEN '' ELSE coalesce(NEW.failure, '') END,
    followers_of(NEW.id, NEW.experiment_id, NEW.created_by_id, NEW.assignee_id));
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER runs_notify_ended AFTER UPDATE OF "state" ON "runs" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.state IS DISTINCT FROM OLD.state AND NEW.state IN ('SUCCEEDED', 'FAILED', 'CANCELLED', 'CRASHED'))
  EXECUTE FUNCTION notify_of_run();
CREATE CONSTRAINT TRIGGER runs_notify_outage AFTER UPDATE OF "outage" ON "runs" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.state = 'PAUSED' AND NEW.outage IS NOT NULL AND OLD.outage IS NULL)
  EXECUTE FUNCTION notify_of_run();

CREATE FUNCTION notify_of_sweep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM notify_members('SWEEP_ENDED', concat_ws(':', 'sweep', NEW.id, NEW.state, extract(epoch FROM NEW.ended_at)), NEW.workspace_id,
    jsonb_build_object('sweep', NEW.id), NEW.reason, followers_of(NULL, NEW.experiment_id, NEW.created_by_id, NULL));
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER sweeps_notify_ended AFTER UPDATE OF "state" ON "sweeps" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.state IS DISTINCT FROM OLD.state AND NEW.state IN ('SUCCEEDED', 'CANCELLED'))
  EXECUTE FUNCTION notify_of_sweep();

-- Only the study's title and end: nothing about its images, of which its creator may be a blind voter.
CREATE FUNCTION notify_of_study() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM notify_members('STUDY_ENDED', concat_ws(':', 'study', NEW.id, extract(epoch FROM NEW.closed_at)), NEW.workspace_id,
    jsonb_build_object('study', NEW.id), '', ARRAY[NEW.created_by_id]);
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER studies_notify_closed AFTER UPDATE OF "state" ON "studies" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.state = 'CLOSED' AND OLD.state IN ('OPEN', 'PAUSED'))
  EXECUTE FUNCTION notify_of_study();

CREATE FUNCTION notify_assignee() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.trashed_at IS NOT NULL THEN RETURN NULL; END IF;
  PERFORM notify_members('ASSIGNED', concat_ws(':', 'assigned', NEW.id, txid_current()), NEW.workspace_id,
    jsonb_build_object(TG_ARGV[0], NEW.id), '', ARRAY[NEW.assignee_id]);
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER runs_notify_assignee AFTER UPDATE OF "assignee_id" ON "runs" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.assignee_id IS NOT NULL AND NEW.assignee_id IS DISTINCT FROM OLD.assignee_id)
  EXECUTE FUNCTION notify_assignee('run');
CREATE CONSTRAINT TRIGGER experiments_notify_assignee AFTER UPDATE OF "assignee_id" ON "experiments" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.assignee_id IS NOT NULL AND NEW.assignee_id IS DISTINCT FROM OLD.assignee_id)
  EXECUTE FUNCTION notify_assignee('experiment');

-- Members whom the text names as @Full Name, at its first place: what follows must not continue the name.
CREATE FUNCTION members_named_in(text TEXT, workspace TEXT) RETURNS TEXT[] LANGUAGE sql STABLE AS $$
  SELECT array_agg(u.id) FROM memberships m JOIN users u ON u.id = m.user_id,
    LATERAL (SELECT position('@' || lower(u.name) IN lower(text)) AS at) found
  WHERE m.workspace_id = workspace AND u.name <> '' AND found.at > 0
    AND substring(text FROM found.at + length(u.name) + 1 FOR 1) !~ '\w'
$$;

CREATE FUNCTION notify_of_comment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  named TEXT[] := coalesce(members_named_in(NEW.body, NEW.workspace_id), '{}');
  subject JSONB := jsonb_build_object('run', NEW.run_id, 'experiment', NEW.experiment_id);
  followers TEXT[];
  -- Plain text, as short as a line of a list.
  excerpt TEXT := left(regexp_replace(NEW.body, '\s+', ' ', 'g'), 140);
BEGIN
  -- An imported comment, or one of a test, may have no actor.
  PERFORM set_config('pareidolia.actor', NEW.author_id, true);
  IF NEW.run_id IS NULL THEN
    SELECT followers_of(NULL, e.id, e.created_by_id, NULL) INTO followers FROM experiments e WHERE e.id = NEW.experiment_id;
  ELSE
    SELECT followers_of(r.id, r.experiment_id, r.created_by_id, r.assignee_id) INTO followers FROM runs r WHERE r.id = NEW.run_id;
  END IF;
  PERFORM notify_members('MENTIONED', 'comment:' || NEW.id, NEW.workspace_id, subject, excerpt, named);
  PERFORM notify_members('COMMENTED', 'comment:' || NEW.id, NEW.workspace_id, subject, excerpt,
    ARRAY(SELECT unnest(followers) EXCEPT SELECT unnest(named)));
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER comments_notify AFTER INSERT ON "comments" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.deleted_at IS NULL)
  EXECUTE FUNCTION notify_of_comment();
