-- Searches for a text, and completion of names, read one index instead of each run's row.

-- 1. The short texts of a run, in lower case, a line for each. A name has at most 120 characters; the limits keep the index within a page.
ALTER TABLE "runs" ADD COLUMN "found_text" TEXT NOT NULL GENERATED ALWAYS AS (lower(
  'RUN-' || "number"::text || E'\n' || left("name", 200) || E'\n' || left(coalesce("plan"->>'encoding', "plan"->>'method', ''), 100)
  || E'\n' || left("preset", 100))) STORED;

DROP INDEX "runs_found_idx";
CREATE INDEX "runs_found_idx" ON "runs" ("workspace_id", "created_at", "id")
  INCLUDE ("number", "kind", "state", "model_id", "experiment_id", "method", "seed", "median", "mean", "best", "fooling_count",
    "planned_results", "started_at", "ended_at", "updated_at", "archived_at", "name", "found_text")
  WHERE "trashed_at" IS NULL;

-- 2. Notes, which may be longer than an index holds, are read only of the runs that have some.
CREATE INDEX "runs_noted_idx" ON "runs" ("workspace_id") WHERE "notes" <> '' AND "trashed_at" IS NULL;
