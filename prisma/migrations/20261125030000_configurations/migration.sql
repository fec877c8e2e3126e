-- An ascent may climb by several configurations, each over all classes and starts. What was stored before has the first.
ALTER TABLE "trajectories" ADD COLUMN "configuration" INTEGER NOT NULL DEFAULT 0;

DROP INDEX "trajectories_run_id_class_start_key";
CREATE UNIQUE INDEX "trajectories_run_id_configuration_class_start_key"
    ON "trajectories"("run_id", "configuration", "class", "start");

ALTER TABLE "trajectories" ADD CONSTRAINT "trajectories_configuration_range" CHECK ("configuration" >= 0);

-- A search is a plan that names what is drawn and lists its configurations; only an ascent has one.
ALTER TABLE "runs"
    ADD CONSTRAINT "runs_configurations_of_search" CHECK (
        CASE WHEN "plan" ? 'configurations' OR "plan" ? 'searched'
            THEN "kind" = 'ascent' AND jsonb_typeof("plan"->'searched') IS NOT DISTINCT FROM 'array'
                AND jsonb_typeof("plan"->'configurations') IS NOT DISTINCT FROM 'array'
            ELSE true
        END
    );
