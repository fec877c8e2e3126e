-- A sweep that a spent budget pauses waits for a member, who would otherwise not hear of it. A sweep that a member pauses has an actor
-- (set_config('pareidolia.actor')) and notifies nobody, as does one whose experiment is in the trash, where all runs have left it.

CREATE OR REPLACE FUNCTION notification_defaults(kind TEXT, OUT product BOOLEAN, OUT email BOOLEAN, OUT webhook BOOLEAN)
LANGUAGE sql IMMUTABLE AS $$
  SELECT kind <> 'SWEEP_RUN_ENDED',
    kind IN ('RUN_FAILED', 'SWEEP_PAUSED', 'SWEEP_ENDED', 'STUDY_ENDED', 'ASSIGNED', 'MENTIONED', 'WEBHOOK_DISABLED'),
    kind NOT IN ('SWEEP_RUN_ENDED', 'WEBHOOK_DISABLED')
$$;

CREATE OR REPLACE FUNCTION notify_of_sweep() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  is_paused BOOLEAN := NEW.state = 'PAUSED';
BEGIN
  IF is_paused AND nullif(current_setting('pareidolia.actor', true), '') IS NOT NULL THEN RETURN NULL; END IF;
  IF EXISTS (SELECT FROM experiments e WHERE e.id = NEW.experiment_id AND e.trashed_at IS NOT NULL) THEN RETURN NULL; END IF;
  PERFORM notify_members(CASE WHEN is_paused THEN 'SWEEP_PAUSED' ELSE 'SWEEP_ENDED' END,
    concat_ws(':', 'sweep', NEW.id, NEW.state, extract(epoch FROM CASE WHEN is_paused THEN NEW.updated_at ELSE NEW.ended_at END)),
    NEW.workspace_id, jsonb_build_object('sweep', NEW.id), NEW.reason, followers_of(NULL, NEW.experiment_id, NEW.created_by_id, NULL));
  RETURN NULL;
END $$;

DROP TRIGGER sweeps_notify_ended ON "sweeps";
CREATE CONSTRAINT TRIGGER sweeps_notify_ended AFTER UPDATE OF "state" ON "sweeps" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.state IS DISTINCT FROM OLD.state AND NEW.state IN ('PAUSED', 'SUCCEEDED', 'CANCELLED'))
  EXECUTE FUNCTION notify_of_sweep();
