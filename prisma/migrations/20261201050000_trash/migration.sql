-- The trash. Runs of a trashed experiment are marked themselves, so that every statement knows a trashed run by its own row.
ALTER TABLE "runs"
  ADD COLUMN "trashed_with_experiment" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "discarded_at" TIMESTAMPTZ(3),
  ADD CONSTRAINT "runs_trash_check" CHECK ("trashed_at" IS NOT NULL OR (NOT "trashed_with_experiment" AND "discarded_at" IS NULL));
ALTER TABLE "experiments"
  ADD COLUMN "discarded_at" TIMESTAMPTZ(3),
  ADD CONSTRAINT "experiments_trash_check" CHECK ("trashed_at" IS NOT NULL OR "discarded_at" IS NULL);

-- Each workspace's trash, latest first.
CREATE INDEX "runs_in_trash_idx" ON "runs" ("workspace_id", "trashed_at", "id") WHERE "trashed_at" IS NOT NULL;
CREATE INDEX "experiments_in_trash_idx" ON "experiments" ("workspace_id", "trashed_at", "id") WHERE "trashed_at" IS NOT NULL;

-- No run of a trashed experiment is outside the trash.
CREATE FUNCTION "refuse_live_run_of_trashed_experiment"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM "experiments" WHERE "id" = NEW."experiment_id" AND "trashed_at" IS NOT NULL) THEN
    RAISE EXCEPTION 'The experiment of this run is in the trash.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "runs_live_in_live_experiments" BEFORE INSERT OR UPDATE OF "trashed_at", "experiment_id" ON "runs"
  FOR EACH ROW WHEN (NEW."trashed_at" IS NULL) EXECUTE FUNCTION "refuse_live_run_of_trashed_experiment"();

-- Runs in the trash show no image. The images of studies stay: they are the study's own.
CREATE OR REPLACE VIEW "image_owners" AS
    SELECT g."image_sha256" AS "sha256", r."workspace_id", r."experiment_id"
        FROM "genomes" g JOIN "runs" r ON r."id" = g."run_id" WHERE r."trashed_at" IS NULL
    UNION ALL SELECT p."image_sha256", p."workspace_id", NULL FROM "photos" p
    UNION ALL SELECT r."source_sha256", r."workspace_id", r."experiment_id"
        FROM "runs" r WHERE r."source_sha256" IS NOT NULL AND r."trashed_at" IS NULL
    UNION ALL SELECT t."image_sha256", r."workspace_id", r."experiment_id"
        FROM "trajectories" t JOIN "runs" r ON r."id" = t."run_id" WHERE r."trashed_at" IS NULL
    UNION ALL SELECT o."image_sha256", r."workspace_id", r."experiment_id" FROM "replaced_pictures" o
        JOIN "trajectories" t ON t."id" = o."trajectory_id" JOIN "runs" r ON r."id" = t."run_id" WHERE r."trashed_at" IS NULL
    UNION ALL SELECT m."image_sha256", r."workspace_id", r."experiment_id" FROM "trajectory_milestones" m
        JOIN "trajectories" t ON t."id" = m."trajectory_id" JOIN "runs" r ON r."id" = t."run_id" WHERE r."trashed_at" IS NULL
    UNION ALL SELECT p."image_sha256", r."workspace_id", r."experiment_id"
        FROM "perturbations" p JOIN "runs" r ON r."id" = p."run_id" WHERE r."trashed_at" IS NULL
    UNION ALL SELECT p."original_sha256", r."workspace_id", r."experiment_id"
        FROM "perturbations" p JOIN "runs" r ON r."id" = p."run_id" WHERE r."trashed_at" IS NULL
    UNION ALL SELECT e."image_sha256", r."workspace_id", r."experiment_id" FROM "chain_elites" e
        JOIN "chain_links" l ON l."id" = e."link_id" JOIN "runs" r ON r."id" = l."run_id" WHERE r."trashed_at" IS NULL
    UNION ALL SELECT s."image_sha256", t."workspace_id", NULL FROM "study_images" s JOIN "studies" t ON t."id" = s."study_id";

-- Which genomes name an object. Without it, a look-up by hash reads all genomes.
CREATE INDEX "genomes_objects_idx" ON "genomes" ("sha256") WHERE "bytes" IS NULL;
