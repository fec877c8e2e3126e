-- The metrics of imported runs as rows, which searches, orders and groups find by an index instead of reading each run's plan, which also
-- contains curves. \073 is the semicolon of a function's body (see the invariants).
CREATE TABLE "run_metrics" (
  "run_id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "workspace_id" TEXT NOT NULL,
  "value" DOUBLE PRECISION NOT NULL,
  CONSTRAINT "run_metrics_pkey" PRIMARY KEY ("run_id", "name") INCLUDE ("value")
);
ALTER TABLE "run_metrics" ADD CONSTRAINT "run_metrics_run_id_fkey" FOREIGN KEY ("run_id", "workspace_id") REFERENCES "runs"("id", "workspace_id")
  ON DELETE CASCADE ON UPDATE CASCADE;
CREATE INDEX "run_metrics_workspace_id_name_value_run_id_idx" ON "run_metrics"("workspace_id", "name", "value", "run_id");

-- Names longer than 200 characters are no fields of the search language, and would be too long for the index.
INSERT INTO "run_metrics" ("run_id", "name", "workspace_id", "value")
  SELECT r."id", m.key, r."workspace_id", m.value::double precision
  FROM "runs" r, jsonb_each(CASE WHEN jsonb_typeof(r."plan"->'metrics') = 'object' THEN r."plan"->'metrics' ELSE '{}' END) m
  WHERE r."kind" = 'imported' AND jsonb_typeof(m.value) = 'number' AND length(m.key) BETWEEN 1 AND 200;

-- The plan of a run does not change after it is written.
CREATE FUNCTION "keep_run_metrics"() RETURNS trigger LANGUAGE plpgsql AS
E'BEGIN
    INSERT INTO run_metrics (run_id, name, workspace_id, value)
        SELECT r.id, m.key, r.workspace_id, m.value::double precision
        FROM added r, jsonb_each(CASE WHEN jsonb_typeof(r.plan->\'metrics\') = \'object\' THEN r.plan->\'metrics\' ELSE \'{}\' END) m
        WHERE r.kind = \'imported\' AND jsonb_typeof(m.value) = \'number\' AND length(m.key) BETWEEN 1 AND 200\073
    RETURN NULL\073
END';
CREATE TRIGGER "runs_keep_metrics" AFTER INSERT ON "runs" REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT
    EXECUTE FUNCTION "keep_run_metrics"();
