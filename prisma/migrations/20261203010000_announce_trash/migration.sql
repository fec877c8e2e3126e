-- Lists also follow what goes to the trash and comes back: runs and experiments in it are listed nowhere.
CREATE OR REPLACE FUNCTION announce_updated_runs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce_changes(changed.workspace_id, array_agg(DISTINCT changed.id), array_agg(DISTINCT changed.experiment_id),
    coalesce(array_agg(DISTINCT changed.sweep_id) FILTER (WHERE changed.sweep_id IS NOT NULL), '{}'))
  FROM changed JOIN before ON before.id = changed.id
  WHERE (changed.state, changed.control, changed.generation, changed.evaluations, changed.evaluations_under_way, changed.median,
      changed.fooling_count, changed.experiment_id, changed.outage, changed.trashed_at)
    IS DISTINCT FROM (before.state, before.control, before.generation, before.evaluations, before.evaluations_under_way, before.median,
      before.fooling_count, before.experiment_id, before.outage, before.trashed_at)
  GROUP BY changed.workspace_id;
  RETURN NULL;
END $$;

CREATE FUNCTION announce_trashed_experiments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce_changes(changed.workspace_id, '{}', array_agg(changed.id), '{}')
  FROM changed JOIN before ON before.id = changed.id
  WHERE changed.trashed_at IS DISTINCT FROM before.trashed_at GROUP BY changed.workspace_id;
  RETURN NULL;
END $$;
CREATE TRIGGER experiments_announce_trashed AFTER UPDATE ON "experiments" REFERENCING OLD TABLE AS before NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION announce_trashed_experiments();
