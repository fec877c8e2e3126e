-- Successive halving: the rung of each run, its result there, and the decision about each point.
ALTER TABLE "runs"
  ADD COLUMN "rung" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "rung_reached_at" TIMESTAMPTZ(3);
CREATE INDEX "runs_rung_reached_at_idx" ON "runs"("sweep_id") WHERE "rung_reached_at" IS NOT NULL;

CREATE TABLE "rung_results" (
  "run_id" TEXT NOT NULL REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "rung" INTEGER NOT NULL,
  "median" DOUBLE PRECISION NOT NULL,
  "reached_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY ("run_id", "rung")
);

CREATE TABLE "rung_decisions" (
  "sweep_id" TEXT NOT NULL REFERENCES "sweeps"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "rung" INTEGER NOT NULL,
  "point" INTEGER NOT NULL,
  "nines" DOUBLE PRECISION,
  "runs" INTEGER NOT NULL,
  "rank" INTEGER NOT NULL,
  "kept" BOOLEAN NOT NULL,
  "decided_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY ("sweep_id", "rung", "point")
);

-- As packages/core/src/runState.ts: a run that waits at a rung may succeed there.
DROP TRIGGER "runs_state_step" ON "runs";
CREATE TRIGGER "runs_state_step" BEFORE UPDATE ON "runs" FOR EACH ROW
WHEN (
    OLD."state" <> NEW."state" AND (OLD."state", NEW."state") NOT IN (
        ('QUEUED', 'RUNNING'), ('QUEUED', 'PAUSED'), ('QUEUED', 'SUCCEEDED'), ('QUEUED', 'CANCELLED'), ('QUEUED', 'FAILED'),
        ('RUNNING', 'QUEUED'), ('RUNNING', 'PAUSED'), ('RUNNING', 'SUCCEEDED'), ('RUNNING', 'FAILED'), ('RUNNING', 'CANCELLED'), ('RUNNING', 'CRASHED'),
        ('PAUSED', 'QUEUED'), ('PAUSED', 'CANCELLED'),
        ('FAILED', 'QUEUED'),
        ('CRASHED', 'QUEUED'), ('CRASHED', 'CANCELLED')
    )
)
EXECUTE FUNCTION "refuse_row"('A run cannot take this step between states.');

-- The log of a sweep has the changes of state of all its runs, and none of their many checkpoints.
CREATE INDEX "run_events_states_idx" ON "run_events"("run_id", "created_at") WHERE "kind" = 'STATE';
