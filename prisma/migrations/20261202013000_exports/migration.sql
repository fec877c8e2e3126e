-- Exports of runs, experiments and workspaces: archives in parts, which are deleted some days after they were made.
ALTER TABLE "workspaces" ADD COLUMN "last_export_number" INTEGER NOT NULL DEFAULT 0;

CREATE TABLE "exports" (
    "id" TEXT PRIMARY KEY,
    "workspace_id" TEXT NOT NULL REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "created_by_id" TEXT NOT NULL REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    "number" INTEGER NOT NULL,
    "idempotency_key" TEXT,
    "subject" TEXT NOT NULL,
    -- An export outlives the run or experiment that it was made of.
    "run_id" TEXT REFERENCES "runs"("id") ON DELETE SET NULL ON UPDATE CASCADE,
    "experiment_id" TEXT REFERENCES "experiments"("id") ON DELETE SET NULL ON UPDATE CASCADE,
    "subject_key" TEXT,
    "parts" TEXT[] NOT NULL,
    "formats" TEXT[] NOT NULL,
    "state" "WorkState" NOT NULL DEFAULT 'QUEUED',
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER,
    "failure" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "claim_token" TEXT,
    "heartbeat_at" TIMESTAMPTZ(3),
    "sha256" TEXT,
    "byte_length" BIGINT,
    "content" TEXT,
    "row_count" BIGINT,
    "file_count" INTEGER,
    "table_rows" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    CONSTRAINT "exports_subject_check" CHECK ("subject" IN ('run', 'experiment', 'workspace') AND ("subject" = 'workspace') = ("subject_key" IS NULL)
      AND ("run_id" IS NULL OR "subject" = 'run') AND ("experiment_id" IS NULL OR "subject" = 'experiment')),
    CONSTRAINT "exports_failure_check" CHECK (("state" = 'FAILED') = ("failure" IS NOT NULL)),
    -- A finished export has everything that identifies it.
    CONSTRAINT "exports_content_check" CHECK (("state" = 'SUCCEEDED') = ("sha256" IS NOT NULL AND "byte_length" IS NOT NULL
      AND "content" IS NOT NULL AND "row_count" IS NOT NULL AND "file_count" IS NOT NULL AND "table_rows" IS NOT NULL
      AND "ended_at" IS NOT NULL AND "expires_at" IS NOT NULL))
);
CREATE UNIQUE INDEX "exports_workspace_id_number_key" ON "exports"("workspace_id", "number");
CREATE UNIQUE INDEX "exports_workspace_id_idempotency_key_key" ON "exports"("workspace_id", "idempotency_key");
CREATE INDEX "exports_workspace_id_content_idx" ON "exports"("workspace_id", "content");
CREATE INDEX "exports_run_id_idx" ON "exports"("run_id");
CREATE INDEX "exports_experiment_id_idx" ON "exports"("experiment_id");
CREATE INDEX "exports_created_by_id_idx" ON "exports"("created_by_id");
CREATE INDEX "exports_state_created_at_idx" ON "exports"("state", "created_at");

-- The parts of an export's archive, in order: objects files/<sha256>.
CREATE TABLE "export_parts" (
    "export_id" TEXT NOT NULL REFERENCES "exports"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "index" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "byte_length" INTEGER NOT NULL,
    PRIMARY KEY ("export_id", "index")
);
CREATE INDEX "export_parts_sha256_idx" ON "export_parts"("sha256");
