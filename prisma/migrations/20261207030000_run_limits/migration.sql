-- The operator may limit how many runs of a workspace compute at once.
ALTER TABLE workspaces ADD COLUMN run_limit INTEGER CHECK (run_limit >= 1);
