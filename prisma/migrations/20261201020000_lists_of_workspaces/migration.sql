-- Lists of a workspace read their pages from an index that starts with the workspace, however many rows other workspaces have. Before,
-- they read every workspace's rows in order and dropped most of them. \073 is the semicolon of a function's body (see the invariants).

-- 1. Columns of the run that lists filter by. Foreign keys keep them equal to the run's, also when a run moves to another experiment.
ALTER TABLE "elites" DROP CONSTRAINT "elites_run_id_fkey";
ALTER TABLE "genomes" DROP CONSTRAINT "genomes_run_id_fkey";
ALTER TABLE "trajectories" DROP CONSTRAINT "trajectories_run_id_fkey";
ALTER TABLE "perturbations" DROP CONSTRAINT "perturbations_run_id_fkey";

CREATE UNIQUE INDEX "runs_workspace_key" ON "runs"("id", "workspace_id");
CREATE UNIQUE INDEX "runs_facets_key" ON "runs"("id", "workspace_id", "experiment_id", "model_id", "method");

ALTER TABLE "genomes" ADD COLUMN "workspace_id" TEXT NOT NULL DEFAULT '';
ALTER TABLE "elites"
    ADD COLUMN "workspace_id" TEXT NOT NULL DEFAULT '',
    ADD COLUMN "experiment_id" TEXT NOT NULL DEFAULT '',
    ADD COLUMN "model_id" TEXT NOT NULL DEFAULT '',
    ADD COLUMN "method" TEXT NOT NULL DEFAULT '',
    ADD COLUMN "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE "trajectories"
    ADD COLUMN "workspace_id" TEXT NOT NULL DEFAULT '',
    ADD COLUMN "experiment_id" TEXT NOT NULL DEFAULT '',
    ADD COLUMN "model_id" TEXT NOT NULL DEFAULT '',
    ADD COLUMN "method" TEXT NOT NULL DEFAULT '';
ALTER TABLE "perturbations"
    ADD COLUMN "workspace_id" TEXT NOT NULL DEFAULT '',
    ADD COLUMN "experiment_id" TEXT NOT NULL DEFAULT '',
    ADD COLUMN "model_id" TEXT NOT NULL DEFAULT '',
    ADD COLUMN "method" TEXT NOT NULL DEFAULT '';

UPDATE "genomes" g SET "workspace_id" = r."workspace_id" FROM "runs" r WHERE r."id" = g."run_id";
UPDATE "elites" e SET "workspace_id" = r."workspace_id", "experiment_id" = r."experiment_id", "model_id" = r."model_id",
        "method" = r."method", "created_at" = g."created_at"
    FROM "runs" r, "genomes" g WHERE r."id" = e."run_id" AND g."id" = e."genome_id";
UPDATE "trajectories" t SET "workspace_id" = r."workspace_id", "experiment_id" = r."experiment_id", "model_id" = r."model_id",
        "method" = r."method" FROM "runs" r WHERE r."id" = t."run_id";
UPDATE "perturbations" p SET "workspace_id" = r."workspace_id", "experiment_id" = r."experiment_id", "model_id" = r."model_id",
        "method" = r."method" FROM "runs" r WHERE r."id" = p."run_id";

ALTER TABLE "genomes" ADD CONSTRAINT "genomes_run_fkey" FOREIGN KEY ("run_id", "workspace_id")
    REFERENCES "runs"("id", "workspace_id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "elites" ADD CONSTRAINT "elites_run_fkey" FOREIGN KEY ("run_id", "workspace_id", "experiment_id", "model_id", "method")
    REFERENCES "runs"("id", "workspace_id", "experiment_id", "model_id", "method") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "trajectories" ADD CONSTRAINT "trajectories_run_fkey" FOREIGN KEY ("run_id", "workspace_id", "experiment_id", "model_id", "method")
    REFERENCES "runs"("id", "workspace_id", "experiment_id", "model_id", "method") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "perturbations" ADD CONSTRAINT "perturbations_run_fkey" FOREIGN KEY ("run_id", "workspace_id", "experiment_id", "model_id", "method")
    REFERENCES "runs"("id", "workspace_id", "experiment_id", "model_id", "method") ON DELETE CASCADE ON UPDATE CASCADE;

-- Writers may leave these columns out: they follow from the run.
CREATE FUNCTION "copy_workspace_of_run"() RETURNS trigger LANGUAGE plpgsql AS
E'BEGIN SELECT r.workspace_id INTO NEW.workspace_id FROM runs r WHERE r.id = NEW.run_id\073 RETURN NEW\073 END';
CREATE FUNCTION "copy_facets_of_run"() RETURNS trigger LANGUAGE plpgsql AS
E'BEGIN
    SELECT r.workspace_id, r.experiment_id, r.model_id, r.method
        INTO NEW.workspace_id, NEW.experiment_id, NEW.model_id, NEW.method FROM runs r WHERE r.id = NEW.run_id\073
    RETURN NEW\073
END';
CREATE TRIGGER "genomes_workspace" BEFORE INSERT ON "genomes" FOR EACH ROW WHEN (NEW."workspace_id" = '')
    EXECUTE FUNCTION "copy_workspace_of_run"();
CREATE TRIGGER "elites_facets" BEFORE INSERT ON "elites" FOR EACH ROW WHEN (NEW."workspace_id" = '')
    EXECUTE FUNCTION "copy_facets_of_run"();
CREATE TRIGGER "trajectories_facets" BEFORE INSERT ON "trajectories" FOR EACH ROW WHEN (NEW."workspace_id" = '')
    EXECUTE FUNCTION "copy_facets_of_run"();
CREATE TRIGGER "perturbations_facets" BEFORE INSERT ON "perturbations" FOR EACH ROW WHEN (NEW."workspace_id" = '')
    EXECUTE FUNCTION "copy_facets_of_run"();

-- 2. Indices of the lists. The indices over all workspaces are no longer used.
DROP INDEX "elites_current_by_fitness";
DROP INDEX "elites_stored_fitness_id_idx";
DROP INDEX "trajectories_stored_confidence_id_idx";
DROP INDEX "trajectories_created_at_id_idx";
DROP INDEX "perturbations_stored_confidence_id_idx";
DROP INDEX "perturbations_created_at_id_idx";

-- Current elites and replaced ones, each by confidence: of a workspace, an experiment, a model with an encoding, and a class of a model.
CREATE INDEX "elites_of_workspace" ON "elites" ("workspace_id", ("replaced_at" IS NULL), "stored_fitness", "id");
CREATE INDEX "elites_of_experiment" ON "elites" ("experiment_id", ("replaced_at" IS NULL), "stored_fitness", "id");
CREATE INDEX "elites_of_method" ON "elites" ("workspace_id", "model_id", "method", ("replaced_at" IS NULL), "stored_fitness", "id");
CREATE INDEX "elites_of_class" ON "elites" ("workspace_id", "model_id", "niche", ("replaced_at" IS NULL), "stored_fitness", "id");
-- The first elite of each model that fooled it (core/foolingConfidence).
CREATE INDEX "elites_fooling" ON "elites" ("workspace_id", "model_id", "created_at", "generation", "niche", "id") WHERE "stored_fitness" >= 0.9999;
CREATE INDEX "elites_workspace_id_created_at_id_idx" ON "elites"("workspace_id", "created_at", "id");
CREATE INDEX "genomes_workspace_id_created_at_id_idx" ON "genomes"("workspace_id", "created_at", "id");
CREATE INDEX "trajectories_workspace_id_stored_confidence_id_idx" ON "trajectories"("workspace_id", "stored_confidence", "id");
CREATE INDEX "trajectories_experiment_id_stored_confidence_id_idx" ON "trajectories"("experiment_id", "stored_confidence", "id");
CREATE INDEX "trajectories_workspace_id_created_at_id_idx" ON "trajectories"("workspace_id", "created_at", "id");
CREATE INDEX "perturbations_workspace_id_stored_confidence_id_idx" ON "perturbations"("workspace_id", "stored_confidence", "id");
CREATE INDEX "perturbations_experiment_id_stored_confidence_id_idx" ON "perturbations"("experiment_id", "stored_confidence", "id");
CREATE INDEX "perturbations_workspace_id_created_at_id_idx" ON "perturbations"("workspace_id", "created_at", "id");
CREATE INDEX "runs_workspace_id_updated_at_id_idx" ON "runs"("workspace_id", "updated_at", "id");
CREATE INDEX "runs_workspace_id_state_created_at_id_idx" ON "runs"("workspace_id", "state", "created_at", "id");

-- 3. How many rows each run has, so that a list's total is a sum over runs.
CREATE TABLE "run_totals" (
    "run_id" TEXT NOT NULL,
    "genomes" INTEGER NOT NULL DEFAULT 0,
    "elites" INTEGER NOT NULL DEFAULT 0,
    "current_elites" INTEGER NOT NULL DEFAULT 0,
    "trajectories" INTEGER NOT NULL DEFAULT 0,
    "perturbations" INTEGER NOT NULL DEFAULT 0,
    "successes" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "run_totals_pkey" PRIMARY KEY ("run_id")
);
ALTER TABLE "run_totals" ADD CONSTRAINT "run_totals_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

INSERT INTO "run_totals" ("run_id", "genomes", "elites", "current_elites", "trajectories", "perturbations", "successes")
    SELECT "run_id", sum("genomes"), sum("elites"), sum("current_elites"), sum("trajectories"), sum("perturbations"), sum("successes") FROM (
        SELECT "run_id", 1 AS "genomes", 0 AS "elites", 0 AS "current_elites", 0 AS "trajectories", 0 AS "perturbations", 0 AS "successes" FROM "genomes"
        UNION ALL SELECT "run_id", 0, 1, ("replaced_at" IS NULL)::int, 0, 0, 0 FROM "elites"
        UNION ALL SELECT "run_id", 0, 0, 0, 1, 0, 0 FROM "trajectories"
        UNION ALL SELECT "run_id", 0, 0, 0, 0, 1, "success"::int FROM "perturbations") counted
    GROUP BY "run_id";

-- Each function counts the rows of one statement. A cascade from a run deletes its totals, too, so that an update then finds nothing.
CREATE FUNCTION "count_genomes"() RETURNS trigger LANGUAGE plpgsql AS
E'BEGIN
    IF TG_OP = ''INSERT'' THEN
        INSERT INTO run_totals AS t (run_id, genomes) SELECT run_id, count(*) FROM added GROUP BY run_id ORDER BY run_id
        ON CONFLICT (run_id) DO UPDATE SET genomes = t.genomes + excluded.genomes\073
    ELSE
        UPDATE run_totals t SET genomes = t.genomes - n.total
        FROM (SELECT run_id, count(*) AS total FROM gone GROUP BY run_id) n WHERE t.run_id = n.run_id\073
    END IF\073
    RETURN NULL\073
END';
CREATE FUNCTION "count_elites"() RETURNS trigger LANGUAGE plpgsql AS
E'BEGIN
    IF TG_OP = ''INSERT'' THEN
        INSERT INTO run_totals AS t (run_id, elites, current_elites)
        SELECT run_id, count(*), count(*) FILTER (WHERE replaced_at IS NULL) FROM added GROUP BY run_id ORDER BY run_id
        ON CONFLICT (run_id) DO UPDATE SET elites = t.elites + excluded.elites,
            current_elites = t.current_elites + excluded.current_elites\073
    ELSIF TG_OP = ''UPDATE'' THEN
        UPDATE run_totals t SET current_elites = t.current_elites + n.total FROM (
            SELECT run_id, sum(held) AS total FROM (
                SELECT run_id, 1 AS held FROM added WHERE replaced_at IS NULL
                UNION ALL SELECT run_id, -1 FROM gone WHERE replaced_at IS NULL) changed
            GROUP BY run_id) n
        WHERE t.run_id = n.run_id AND n.total <> 0\073
    ELSE
        UPDATE run_totals t SET elites = t.elites - n.total, current_elites = t.current_elites - n.held FROM (
            SELECT run_id, count(*) AS total, count(*) FILTER (WHERE replaced_at IS NULL) AS held FROM gone GROUP BY run_id) n
        WHERE t.run_id = n.run_id\073
    END IF\073
    RETURN NULL\073
END';
CREATE FUNCTION "count_trajectories"() RETURNS trigger LANGUAGE plpgsql AS
E'BEGIN
    IF TG_OP = ''INSERT'' THEN
        INSERT INTO run_totals AS t (run_id, trajectories) SELECT run_id, count(*) FROM added GROUP BY run_id ORDER BY run_id
        ON CONFLICT (run_id) DO UPDATE SET trajectories = t.trajectories + excluded.trajectories\073
    ELSE
        UPDATE run_totals t SET trajectories = t.trajectories - n.total
        FROM (SELECT run_id, count(*) AS total FROM gone GROUP BY run_id) n WHERE t.run_id = n.run_id\073
    END IF\073
    RETURN NULL\073
END';
CREATE FUNCTION "count_perturbations"() RETURNS trigger LANGUAGE plpgsql AS
E'BEGIN
    IF TG_OP = ''INSERT'' THEN
        INSERT INTO run_totals AS t (run_id, perturbations, successes)
        SELECT run_id, count(*), count(*) FILTER (WHERE success) FROM added GROUP BY run_id ORDER BY run_id
        ON CONFLICT (run_id) DO UPDATE SET perturbations = t.perturbations + excluded.perturbations,
            successes = t.successes + excluded.successes\073
    ELSE
        UPDATE run_totals t SET perturbations = t.perturbations - n.total, successes = t.successes - n.fooled FROM (
            SELECT run_id, count(*) AS total, count(*) FILTER (WHERE success) AS fooled FROM gone GROUP BY run_id) n
        WHERE t.run_id = n.run_id\073
    END IF\073
    RETURN NULL\073
END';
CREATE TRIGGER "genomes_added" AFTER INSERT ON "genomes" REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT EXECUTE FUNCTION "count_genomes"();
CREATE TRIGGER "genomes_gone" AFTER DELETE ON "genomes" REFERENCING OLD TABLE AS "gone" FOR EACH STATEMENT EXECUTE FUNCTION "count_genomes"();
CREATE TRIGGER "elites_added" AFTER INSERT ON "elites" REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT EXECUTE FUNCTION "count_elites"();
CREATE TRIGGER "elites_changed" AFTER UPDATE ON "elites" REFERENCING NEW TABLE AS "added" OLD TABLE AS "gone"
    FOR EACH STATEMENT EXECUTE FUNCTION "count_elites"();
CREATE TRIGGER "elites_gone" AFTER DELETE ON "elites" REFERENCING OLD TABLE AS "gone" FOR EACH STATEMENT EXECUTE FUNCTION "count_elites"();
CREATE TRIGGER "trajectories_added" AFTER INSERT ON "trajectories" REFERENCING NEW TABLE AS "added"
    FOR EACH STATEMENT EXECUTE FUNCTION "count_trajectories"();
CREATE TRIGGER "trajectories_gone" AFTER DELETE ON "trajectories" REFERENCING OLD TABLE AS "gone"
    FOR EACH STATEMENT EXECUTE FUNCTION "count_trajectories"();
CREATE TRIGGER "perturbations_added" AFTER INSERT ON "perturbations" REFERENCING NEW TABLE AS "added"
    FOR EACH STATEMENT EXECUTE FUNCTION "count_perturbations"();
CREATE TRIGGER "perturbations_gone" AFTER DELETE ON "perturbations" REFERENCING OLD TABLE AS "gone"
    FOR EACH STATEMENT EXECUTE FUNCTION "count_perturbations"();
