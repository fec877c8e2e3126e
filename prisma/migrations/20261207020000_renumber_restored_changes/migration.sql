-- The log of changes has transaction numbers, which start lower when a backup is restored into another cluster, while clients still hold
-- numbers from before. `origin` names the database that the log was written in; in a copy it differs, and the log then starts over with an
-- offset that makes all new numbers higher.
ALTER TABLE "workspace_changes_floor"
  ADD COLUMN "number_offset" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "origin" TEXT;
