-- What members write and decide about experiments and runs: names, notes, tags, pins, assignees, comments, archive, trash and locks.
ALTER TABLE "runs"
  ADD COLUMN "name" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "notes" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "archived_at" TIMESTAMPTZ(3),
  ADD COLUMN "assignee_id" TEXT REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE,
  ADD COLUMN "trashed_at" TIMESTAMPTZ(3),
  ADD COLUMN "trashed_by_id" TEXT REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE,
  ADD COLUMN "locked_at" TIMESTAMPTZ(3),
  ADD COLUMN "locked_by_id" TEXT REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "experiments"
  ADD COLUMN "notes" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "assignee_id" TEXT REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE,
  ADD COLUMN "trashed_at" TIMESTAMPTZ(3),
  ADD COLUMN "trashed_by_id" TEXT REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE,
  ADD COLUMN "locked_at" TIMESTAMPTZ(3),
  ADD COLUMN "locked_by_id" TEXT REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE INDEX "runs_assignee_id_idx" ON "runs"("assignee_id");
CREATE INDEX "runs_trashed_at_idx" ON "runs"("trashed_at");
CREATE INDEX "experiments_assignee_id_idx" ON "experiments"("assignee_id");
CREATE INDEX "experiments_trashed_at_idx" ON "experiments"("trashed_at");

CREATE TABLE "tags" (
  "id" TEXT PRIMARY KEY,
  "workspace_id" TEXT NOT NULL REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "name" TEXT NOT NULL CHECK (length("name") BETWEEN 1 AND 40 AND "name" = lower("name") AND "name" = btrim("name")),
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX "tags_workspace_id_name_key" ON "tags"("workspace_id", "name");

CREATE TABLE "run_tags" (
  "run_id" TEXT NOT NULL REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "tag_id" TEXT NOT NULL REFERENCES "tags"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  PRIMARY KEY ("run_id", "tag_id")
);
CREATE INDEX "run_tags_tag_id_idx" ON "run_tags"("tag_id");

CREATE TABLE "experiment_tags" (
  "experiment_id" TEXT NOT NULL REFERENCES "experiments"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "tag_id" TEXT NOT NULL REFERENCES "tags"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  PRIMARY KEY ("experiment_id", "tag_id")
);
CREATE INDEX "experiment_tags_tag_id_idx" ON "experiment_tags"("tag_id");

CREATE TABLE "pins" (
  "id" TEXT PRIMARY KEY,
  "workspace_id" TEXT NOT NULL REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "user_id" TEXT NOT NULL REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "run_id" TEXT REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "experiment_id" TEXT REFERENCES "experiments"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "pins_subject_check" CHECK (num_nonnulls("run_id", "experiment_id") = 1)
);
CREATE UNIQUE INDEX "pins_user_id_run_id_key" ON "pins"("user_id", "run_id");
CREATE UNIQUE INDEX "pins_user_id_experiment_id_key" ON "pins"("user_id", "experiment_id");
CREATE INDEX "pins_run_id_idx" ON "pins"("run_id");
CREATE INDEX "pins_experiment_id_idx" ON "pins"("experiment_id");

CREATE TABLE "comments" (
  "id" TEXT PRIMARY KEY,
  "workspace_id" TEXT NOT NULL REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "author_id" TEXT NOT NULL REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "run_id" TEXT REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "experiment_id" TEXT REFERENCES "experiments"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "idempotency_key" TEXT,
  "body" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "edited_at" TIMESTAMPTZ(3),
  CONSTRAINT "comments_subject_check" CHECK (num_nonnulls("run_id", "experiment_id") = 1)
);
CREATE UNIQUE INDEX "comments_workspace_id_idempotency_key_key" ON "comments"("workspace_id", "idempotency_key");
CREATE INDEX "comments_run_id_created_at_id_idx" ON "comments"("run_id", "created_at", "id");
CREATE INDEX "comments_experiment_id_created_at_id_idx" ON "comments"("experiment_id", "created_at", "id");
