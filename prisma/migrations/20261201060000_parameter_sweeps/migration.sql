-- Sweeps: sets of runs over values of parameters and over seeds, with budgets, early stopping and a priority.
CREATE TYPE "SweepState" AS ENUM ('RUNNING', 'PAUSED', 'SUCCEEDED', 'CANCELLED');

ALTER TABLE "workspaces" ADD COLUMN "last_sweep_number" INTEGER NOT NULL DEFAULT 0;

CREATE TABLE "sweeps" (
  "id" TEXT PRIMARY KEY,
  "workspace_id" TEXT NOT NULL REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "experiment_id" TEXT NOT NULL REFERENCES "experiments"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "created_by_id" TEXT NOT NULL REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "number" INTEGER NOT NULL,
  "idempotency_key" TEXT,
  "name" TEXT NOT NULL,
  "plan" JSONB NOT NULL,
  "point_count" INTEGER NOT NULL,
  "run_count" INTEGER NOT NULL,
  "state" "SweepState" NOT NULL DEFAULT 'RUNNING',
  "reason" TEXT NOT NULL DEFAULT '',
  "priority" INTEGER NOT NULL DEFAULT 0,
  "concurrency" INTEGER,
  "max_evaluations" DOUBLE PRECISION,
  "max_seconds" DOUBLE PRECISION,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "ended_at" TIMESTAMPTZ(3),
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX "sweeps_workspace_id_number_key" ON "sweeps"("workspace_id", "number");
CREATE UNIQUE INDEX "sweeps_workspace_id_idempotency_key_key" ON "sweeps"("workspace_id", "idempotency_key");
CREATE INDEX "sweeps_workspace_id_created_at_id_idx" ON "sweeps"("workspace_id", "created_at", "id");
CREATE INDEX "sweeps_experiment_id_created_at_id_idx" ON "sweeps"("experiment_id", "created_at", "id");
CREATE INDEX "sweeps_running_idx" ON "sweeps"("created_at") WHERE "state" = 'RUNNING';

ALTER TABLE "runs"
  ADD COLUMN "sweep_id" TEXT REFERENCES "sweeps"("id") ON DELETE SET NULL ON UPDATE CASCADE,
  ADD COLUMN "sweep_point" INTEGER,
  ADD COLUMN "sweep_replicate" INTEGER,
  ADD COLUMN "priority" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "admitted_at" TIMESTAMPTZ(3),
  ADD COLUMN "stopped_by" TEXT,
  ADD COLUMN "compute_seconds" DOUBLE PRECISION NOT NULL DEFAULT 0,
  ADD COLUMN "counted_at" TIMESTAMPTZ(3);
CREATE INDEX "runs_sweep_id_state_number_idx" ON "runs"("sweep_id", "state", "number");
CREATE INDEX "runs_active_idx" ON "runs"("workspace_id") WHERE "state" IN ('QUEUED', 'RUNNING');

-- Wakes the followers of a sweep when the transaction commits. The payload is the sweep's id; equal ones of a transaction are sent once.
CREATE FUNCTION notify_sweep_of_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('pareidolia_sweeps', NEW."sweep_id");
  RETURN NULL;
END $$;
CREATE FUNCTION notify_sweep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('pareidolia_sweeps', NEW."id");
  RETURN NULL;
END $$;
CREATE TRIGGER runs_notify_sweep AFTER UPDATE OF "state", "control", "evaluations", "evaluations_under_way", "median", "fooling_count" ON "runs"
  FOR EACH ROW WHEN (NEW."sweep_id" IS NOT NULL) EXECUTE FUNCTION notify_sweep_of_run();
CREATE TRIGGER sweeps_notify AFTER UPDATE ON "sweeps" FOR EACH ROW EXECUTE FUNCTION notify_sweep();
