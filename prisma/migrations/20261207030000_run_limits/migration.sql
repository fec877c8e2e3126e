-- The operator may limit how many runs of a workspace compute at once, and give it a larger share of the workers.
ALTER TABLE workspaces
  ADD COLUMN run_limit INTEGER CHECK (run_limit >= 1),
  ADD COLUMN run_share INTEGER NOT NULL DEFAULT 1 CHECK (run_share BETWEEN 1 AND 100);
