-- Imports of files of other programs, and the images of the runs that they write.
ALTER TYPE "UploadKind" ADD VALUE 'IMPORT';
CREATE TYPE "ImportState" AS ENUM ('INSPECTING', 'READY', 'WRITING', 'SUCCEEDED', 'FAILED', 'CANCELLED');

CREATE TABLE "imports" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "created_by_id" TEXT NOT NULL,
    "idempotency_key" TEXT,
    "file_name" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "byte_length" INTEGER NOT NULL,
    "state" "ImportState" NOT NULL DEFAULT 'INSPECTING',
    "columns" JSONB,
    "preview" JSONB,
    "report" JSONB,
    "experiment_name" TEXT,
    "experiment_id" TEXT,
    "model_id" TEXT,
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER,
    "failure" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "claim_token" TEXT,
    "heartbeat_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "imports_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "imports_sha256_format" CHECK ("sha256" ~ '^[0-9a-f]{64}$'),
    CONSTRAINT "imports_progress_range" CHECK ("done" >= 0 AND "total" >= 0 AND "attempts" >= 0 AND "byte_length" > 0),
    CONSTRAINT "imports_failure_of_failed" CHECK (("state" = 'FAILED') = ("failure" IS NOT NULL)),
    CONSTRAINT "imports_preview_of_ready" CHECK ("state" NOT IN ('READY', 'WRITING', 'SUCCEEDED') OR "preview" IS NOT NULL),
    CONSTRAINT "imports_report_of_succeeded" CHECK (("state" = 'SUCCEEDED') = ("report" IS NOT NULL))
);

CREATE TABLE "imported_images" (
    "run_id" TEXT NOT NULL,
    "index" INTEGER NOT NULL,
    "image_sha256" TEXT NOT NULL,
    "niche" INTEGER,
    "label" TEXT,
    "claimed" DOUBLE PRECISION,
    "generation" INTEGER,
    "source_id" TEXT,
    "source_parent_id" TEXT,

    CONSTRAINT "imported_images_pkey" PRIMARY KEY ("run_id", "index"),
    CONSTRAINT "imported_images_range" CHECK ("index" >= 0 AND "niche" >= 0 AND "generation" >= 0)
);

CREATE UNIQUE INDEX "imports_workspace_id_idempotency_key_key" ON "imports"("workspace_id", "idempotency_key");
CREATE INDEX "imports_workspace_id_created_at_id_idx" ON "imports"("workspace_id", "created_at", "id");
CREATE INDEX "imports_state_created_at_idx" ON "imports"("state", "created_at");
CREATE INDEX "imports_experiment_id_idx" ON "imports"("experiment_id");
CREATE INDEX "imports_model_id_idx" ON "imports"("model_id");
CREATE INDEX "imported_images_image_sha256_idx" ON "imported_images"("image_sha256");

ALTER TABLE "imports"
    ADD CONSTRAINT "imports_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    ADD CONSTRAINT "imports_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    ADD CONSTRAINT "imports_experiment_id_fkey" FOREIGN KEY ("experiment_id") REFERENCES "experiments"("id") ON DELETE SET NULL ON UPDATE CASCADE,
    ADD CONSTRAINT "imports_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "models"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "imported_images"
    ADD CONSTRAINT "imported_images_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    ADD CONSTRAINT "imported_images_image_sha256_fkey" FOREIGN KEY ("image_sha256") REFERENCES "images"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A network that is only a name in imported results has no file.
ALTER TABLE "models"
    DROP CONSTRAINT "models_sha256_format",
    ADD CONSTRAINT "models_sha256_format" CHECK (
        "sha256" ~ '^[0-9a-f]{64}$'
        OR ("sha256" = '' AND "url" IS NOT NULL AND "state" IN ('CHECKING', 'REFUSED'))
        OR ("sha256" = '' AND "origin" = 'import' AND "state" = 'REFUSED')
    );

ALTER TABLE "runs" ADD COLUMN "import_id" TEXT;
CREATE INDEX "runs_import_id_idx" ON "runs"("import_id");
ALTER TABLE "runs" ADD CONSTRAINT "runs_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "imports"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "runs" ADD CONSTRAINT "runs_plan_of_imports" CHECK ("kind" <> 'imported' OR COALESCE(
    jsonb_typeof("plan"->'method') = 'string' AND jsonb_typeof("plan"->'metrics') = 'object' AND jsonb_typeof("plan"->'source') = 'object', false));

-- Imported images belong to the workspace of their run, as those of genomes do.
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
    UNION ALL SELECT s."image_sha256", t."workspace_id", NULL FROM "study_images" s JOIN "studies" t ON t."id" = s."study_id"
    UNION ALL SELECT i."image_sha256", r."workspace_id", r."experiment_id"
        FROM "imported_images" i JOIN "runs" r ON r."id" = i."run_id" WHERE r."trashed_at" IS NULL;
CREATE OR REPLACE FUNCTION "images_of_run"(run text) RETURNS TABLE (sha256 text) LANGUAGE sql STABLE AS
E'SELECT g.image_sha256 FROM genomes g WHERE g.run_id = run
    UNION SELECT r.source_sha256 FROM runs r WHERE r.id = run AND r.source_sha256 IS NOT NULL
    UNION SELECT t.image_sha256 FROM trajectories t WHERE t.run_id = run
    UNION SELECT o.image_sha256 FROM replaced_pictures o JOIN trajectories t ON t.id = o.trajectory_id WHERE t.run_id = run
    UNION SELECT m.image_sha256 FROM trajectory_milestones m JOIN trajectories t ON t.id = m.trajectory_id WHERE t.run_id = run
    UNION SELECT p.image_sha256 FROM perturbations p WHERE p.run_id = run
    UNION SELECT p.original_sha256 FROM perturbations p WHERE p.run_id = run
    UNION SELECT e.image_sha256 FROM chain_elites e JOIN chain_links l ON l.id = e.link_id WHERE l.run_id = run
    UNION SELECT i.image_sha256 FROM imported_images i WHERE i.run_id = run';
CREATE TRIGGER "imported_images_show" AFTER INSERT ON "imported_images" REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT
    EXECUTE FUNCTION "show_images"('SELECT a.image_sha256 AS sha256, r.workspace_id AS owner FROM added a JOIN runs r ON r.id = a.run_id');
CREATE TRIGGER "imported_images_hide" AFTER DELETE ON "imported_images" REFERENCING OLD TABLE AS "gone" FOR EACH STATEMENT
    EXECUTE FUNCTION "hide_images"('SELECT image_sha256 FROM gone');
CREATE TRIGGER "imported_images_image_stays" BEFORE UPDATE OF "image_sha256" ON "imported_images" FOR EACH ROW WHEN (OLD."image_sha256" IS DISTINCT FROM NEW."image_sha256")
    EXECUTE FUNCTION "refuse_row"('The image of this row cannot change.');
