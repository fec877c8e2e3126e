-- Workspaces take turns by the time that workers spend on their runs, divided by their share, which the operator sets.
ALTER TABLE workspaces ADD COLUMN run_share INTEGER NOT NULL DEFAULT 1 CHECK (run_share BETWEEN 1 AND 100);

-- When the worker that has the run took it.
ALTER TABLE runs ADD COLUMN claimed_at TIMESTAMPTZ(3);

CREATE TABLE run_clocks (
  workspace_id TEXT PRIMARY KEY REFERENCES workspaces (id) ON DELETE CASCADE ON UPDATE CASCADE,
  clock DOUBLE PRECISION NOT NULL DEFAULT 0
);

-- The time of a run is added when a worker leaves it, for whatever reason. A workspace without a clock has no competitors.
CREATE FUNCTION add_run_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE run_clocks c SET clock = c.clock + greatest(0, extract(epoch FROM now() - OLD.claimed_at)) / w.run_share
  FROM workspaces w WHERE w.id = OLD.workspace_id AND c.workspace_id = w.id;
  RETURN NULL;
END $$;

CREATE TRIGGER runs_time AFTER UPDATE OF state ON runs FOR EACH ROW
  WHEN (OLD.state = 'RUNNING' AND NEW.state <> 'RUNNING' AND OLD.claimed_at IS NOT NULL) EXECUTE FUNCTION add_run_time();
