-- Who may read an experiment: members of its workspace, every holder of its link, or every visitor.
CREATE TYPE "Visibility" AS ENUM ('PRIVATE', 'UNLISTED', 'PUBLIC');

ALTER TABLE "experiments"
    ADD COLUMN "visibility" "Visibility" NOT NULL DEFAULT 'PRIVATE',
    ADD COLUMN "share_token" TEXT,
    ADD COLUMN "published_at" TIMESTAMPTZ(3);
ALTER TABLE "experiments"
    ADD CONSTRAINT "experiments_share_token_check" CHECK (("visibility" = 'UNLISTED') = ("share_token" IS NOT NULL)),
    ADD CONSTRAINT "experiments_published_at_check" CHECK (("visibility" = 'PUBLIC') = ("published_at" IS NOT NULL));
CREATE UNIQUE INDEX "experiments_share_token_key" ON "experiments"("share_token");
CREATE INDEX "experiments_visibility_published_at_id_idx" ON "experiments"("visibility", "published_at", "id");

-- Which experiments show an image, besides its workspaces. Null for a photo, which belongs to no experiment until a run starts from it.
CREATE OR REPLACE VIEW "image_owners" AS
    SELECT g."image_sha256" AS "sha256", r."workspace_id", r."experiment_id" FROM "genomes" g JOIN "runs" r ON r."id" = g."run_id"
    UNION ALL SELECT p."image_sha256", p."workspace_id", NULL FROM "photos" p
    UNION ALL SELECT r."source_sha256", r."workspace_id", r."experiment_id" FROM "runs" r WHERE r."source_sha256" IS NOT NULL
    UNION ALL SELECT t."image_sha256", r."workspace_id", r."experiment_id" FROM "trajectories" t JOIN "runs" r ON r."id" = t."run_id"
    UNION ALL SELECT o."image_sha256", r."workspace_id", r."experiment_id" FROM "replaced_pictures" o
        JOIN "trajectories" t ON t."id" = o."trajectory_id" JOIN "runs" r ON r."id" = t."run_id"
    UNION ALL SELECT m."image_sha256", r."workspace_id", r."experiment_id" FROM "trajectory_milestones" m
        JOIN "trajectories" t ON t."id" = m."trajectory_id" JOIN "runs" r ON r."id" = t."run_id"
    UNION ALL SELECT p."image_sha256", r."workspace_id", r."experiment_id" FROM "perturbations" p JOIN "runs" r ON r."id" = p."run_id"
    UNION ALL SELECT p."original_sha256", r."workspace_id", r."experiment_id" FROM "perturbations" p JOIN "runs" r ON r."id" = p."run_id"
    UNION ALL SELECT e."image_sha256", r."workspace_id", r."experiment_id" FROM "chain_elites" e
        JOIN "chain_links" l ON l."id" = e."link_id" JOIN "runs" r ON r."id" = l."run_id";
