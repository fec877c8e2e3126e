-- Rules by which clean-ups trash, trim and delete runs.
CREATE TYPE "RetentionAction" AS ENUM ('DELETE_TRASHED', 'TRASH_RUNS', 'TRIM_RUNS');

CREATE TABLE "retention_rules" (
  "id" TEXT PRIMARY KEY,
  "workspace_id" TEXT NOT NULL REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "created_by_id" TEXT REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE,
  "idempotency_key" TEXT,
  "action" "RetentionAction" NOT NULL,
  "days" INTEGER NOT NULL CHECK ("days" BETWEEN 1 AND 3650),
  "states" "RunState"[] NOT NULL,
  "kinds" TEXT[] NOT NULL,
  "archived" BOOLEAN,
  "without_tag" TEXT,
  "keep_pinned" BOOLEAN NOT NULL,
  "enabled" BOOLEAN NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "applied_at" TIMESTAMPTZ(3),
  "failure" TEXT,
  "acted_at" TIMESTAMPTZ(3),
  "acted_items" INTEGER NOT NULL DEFAULT 0,
  "acted_rows" INTEGER NOT NULL DEFAULT 0,
  "acted_bytes" BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX "retention_rules_workspace_id_idempotency_key_key" ON "retention_rules"("workspace_id", "idempotency_key");
CREATE INDEX "retention_rules_workspace_id_created_at_id_idx" ON "retention_rules"("workspace_id", "created_at", "id");
CREATE INDEX "retention_rules_created_by_id_idx" ON "retention_rules"("created_by_id");

-- When a rule removed the replaced elites of a run.
ALTER TABLE "runs" ADD COLUMN "trimmed_at" TIMESTAMPTZ(3);
