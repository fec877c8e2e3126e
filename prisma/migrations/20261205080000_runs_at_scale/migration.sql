-- Searches, groups and totals of a workspace with thousands of runs read one index instead of each run's row. \073 is the semicolon of a
-- function's body (see the invariants).

-- 1. What groups and columns need of other tables or of the plan: the mean and the maximum of the last generation, and the number of results
-- that the run should produce, which of an evolution is the number of classes of its network.
ALTER TABLE "runs" ADD COLUMN "mean" DOUBLE PRECISION,
  ADD COLUMN "best" DOUBLE PRECISION,
  ADD COLUMN "planned_results" INTEGER GENERATED ALWAYS AS (CASE "kind"
    WHEN 'ascent' THEN CASE WHEN jsonb_typeof("plan"->'classes') = 'array' THEN jsonb_array_length("plan"->'classes') END
      * ("plan"->>'starts')::int
      * CASE WHEN jsonb_typeof("plan"->'configurations') = 'array' THEN jsonb_array_length("plan"->'configurations') ELSE 1 END
    WHEN 'perturbation' THEN greatest(1, CASE WHEN jsonb_typeof("plan"->'bounds') = 'array' THEN jsonb_array_length("plan"->'bounds') END)
    WHEN 'retraining' THEN ("plan"->>'iterations')::int + 1
    WHEN 'imported' THEN ("plan"->>'imageCount')::int END) STORED;

ALTER TABLE "runs" DISABLE TRIGGER USER;
UPDATE "runs" r SET ("mean", "best") = (SELECT g."mean", g."maximum" FROM "generations" g WHERE g."run_id" = r."id" ORDER BY g."generation" DESC LIMIT 1)
  WHERE r."kind" = 'evolution';
ALTER TABLE "runs" ENABLE TRIGGER USER;

CREATE FUNCTION "keep_last_statistics"() RETURNS trigger LANGUAGE plpgsql AS
E'BEGIN
    UPDATE runs r SET (mean, best) = (SELECT g.mean, g.maximum FROM generations g WHERE g.run_id = r.id ORDER BY g.generation DESC LIMIT 1)
        WHERE r.id = ANY (ARRAY(SELECT run_id FROM added))\073
    RETURN NULL\073
END';
CREATE TRIGGER "generations_keep_last" AFTER INSERT ON "generations" REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT
    EXECUTE FUNCTION "keep_last_statistics"();

-- 2. The runs that are not in the trash, with the columns that most searches, groups and orders read. Texts that members write may be longer
-- than an index holds.
CREATE INDEX "runs_found_idx" ON "runs" ("workspace_id", "created_at", "id")
  INCLUDE ("number", "kind", "state", "model_id", "experiment_id", "method", "seed", "median", "mean", "best", "fooling_count",
    "planned_results", "started_at", "ended_at", "updated_at", "archived_at")
  WHERE "trashed_at" IS NULL;

-- 3. What a retention rule may act on, in its order, and what members have locked.
CREATE INDEX "runs_retained_idx" ON "runs" ("workspace_id", "state", (coalesce("ended_at", "updated_at")), "number")
  WHERE "trashed_at" IS NULL AND "locked_at" IS NULL;
CREATE INDEX "runs_locked_idx" ON "runs" ("workspace_id") WHERE "locked_at" IS NOT NULL;
CREATE INDEX "experiments_locked_idx" ON "experiments" ("workspace_id") WHERE "locked_at" IS NOT NULL;

-- 4. Runs of tags, confidences of ascents, and those of archives, from the index alone.
CREATE INDEX "run_tags_tag_id_run_id_idx" ON "run_tags"("tag_id", "run_id");
DROP INDEX "run_tags_tag_id_idx";
CREATE INDEX "trajectories_run_id_stored_confidence_idx" ON "trajectories"("run_id", "stored_confidence");
DROP INDEX "elites_one_current_a_niche";
CREATE UNIQUE INDEX "elites_one_current_a_niche" ON "elites" ("run_id", "niche") INCLUDE ("stored_fitness") WHERE "replaced_at" IS NULL;
