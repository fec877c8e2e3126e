-- Announces the runs, experiments and sweeps that programs change, on the channel on which persistence/tracking/notifyChanges announces
-- what members change. Triggers for each statement, so that a sweep of a thousand runs is announced once.

-- Postgres limits a payload to 8,000 bytes. Without ids, anything in the workspace may have changed.
CREATE FUNCTION announce_changes(workspace TEXT, runs TEXT[], experiments TEXT[], sweeps TEXT[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF cardinality(runs) + cardinality(experiments) + cardinality(sweeps) > 100 THEN
    PERFORM pg_notify('pareidolia_changes', workspace);
  ELSE
    PERFORM pg_notify('pareidolia_changes', workspace || ' ' ||
      json_build_object('runIds', runs, 'experimentIds', experiments, 'sweepIds', sweeps)::text);
  END IF;
END $$;

CREATE FUNCTION announce_runs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce_changes(workspace_id, array_agg(DISTINCT id), array_agg(DISTINCT experiment_id),
    coalesce(array_agg(DISTINCT sweep_id) FILTER (WHERE sweep_id IS NOT NULL), '{}'))
  FROM changed GROUP BY workspace_id;
  RETURN NULL;
END $$;

-- Renewals of leases and other columns that no list shows announce nothing.
CREATE FUNCTION announce_updated_runs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce_changes(changed.workspace_id, array_agg(DISTINCT changed.id), array_agg(DISTINCT changed.experiment_id),
    coalesce(array_agg(DISTINCT changed.sweep_id) FILTER (WHERE changed.sweep_id IS NOT NULL), '{}'))
  FROM changed JOIN before ON before.id = changed.id
  WHERE (changed.state, changed.control, changed.generation, changed.evaluations, changed.evaluations_under_way, changed.median,
      changed.fooling_count, changed.experiment_id, changed.outage)
    IS DISTINCT FROM (before.state, before.control, before.generation, before.evaluations, before.evaluations_under_way, before.median,
      before.fooling_count, before.experiment_id, before.outage)
  GROUP BY changed.workspace_id;
  RETURN NULL;
END $$;

CREATE TRIGGER runs_announce_created AFTER INSERT ON "runs" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION announce_runs();
CREATE TRIGGER runs_announce_updated AFTER UPDATE ON "runs" REFERENCING OLD TABLE AS before NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION announce_updated_runs();
CREATE TRIGGER runs_announce_deleted AFTER DELETE ON "runs" REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION announce_runs();

CREATE FUNCTION announce_experiments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce_changes(workspace_id, '{}', array_agg(id), '{}') FROM changed GROUP BY workspace_id;
  RETURN NULL;
END $$;
CREATE TRIGGER experiments_announce_created AFTER INSERT ON "experiments" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION announce_experiments();
CREATE TRIGGER experiments_announce_deleted AFTER DELETE ON "experiments" REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION announce_experiments();

CREATE FUNCTION announce_sweeps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce_changes(workspace_id, '{}', array_agg(DISTINCT experiment_id), array_agg(id)) FROM changed GROUP BY workspace_id;
  RETURN NULL;
END $$;
CREATE TRIGGER sweeps_announce_created AFTER INSERT ON "sweeps" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION announce_sweeps();
CREATE TRIGGER sweeps_announce_updated AFTER UPDATE ON "sweeps" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION announce_sweeps();
CREATE TRIGGER sweeps_announce_deleted AFTER DELETE ON "sweeps" REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION announce_sweeps();
