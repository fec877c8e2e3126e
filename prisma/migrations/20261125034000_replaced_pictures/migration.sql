-- While an ascent goes on, its last picture is replaced at every checkpoint. Who was told of one a moment ago may still fetch it.
CREATE TABLE "replaced_pictures" (
    "trajectory_id" TEXT NOT NULL,
    "image_sha256" TEXT NOT NULL,
    "replaced_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "replaced_pictures_pkey" PRIMARY KEY ("trajectory_id", "image_sha256")
);

CREATE INDEX "replaced_pictures_image_sha256_idx" ON "replaced_pictures"("image_sha256");

ALTER TABLE "replaced_pictures" ADD CONSTRAINT "replaced_pictures_trajectory_id_fkey"
    FOREIGN KEY ("trajectory_id") REFERENCES "trajectories"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "replaced_pictures" ADD CONSTRAINT "replaced_pictures_image_sha256_fkey"
    FOREIGN KEY ("image_sha256") REFERENCES "images"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE OR REPLACE VIEW "image_owners" AS
    SELECT g."image_sha256" AS "sha256", r."workspace_id" FROM "genomes" g JOIN "runs" r ON r."id" = g."run_id"
    UNION ALL SELECT p."image_sha256", p."workspace_id" FROM "photos" p
    UNION ALL SELECT r."source_sha256", r."workspace_id" FROM "runs" r WHERE r."source_sha256" IS NOT NULL
    UNION ALL SELECT t."image_sha256", r."workspace_id" FROM "trajectories" t JOIN "runs" r ON r."id" = t."run_id"
    UNION ALL SELECT o."image_sha256", r."workspace_id" FROM "replaced_pictures" o
        JOIN "trajectories" t ON t."id" = o."trajectory_id" JOIN "runs" r ON r."id" = t."run_id"
    UNION ALL SELECT m."image_sha256", r."workspace_id" FROM "trajectory_milestones" m
        JOIN "trajectories" t ON t."id" = m."trajectory_id" JOIN "runs" r ON r."id" = t."run_id"
    UNION ALL SELECT p."image_sha256", r."workspace_id" FROM "perturbations" p JOIN "runs" r ON r."id" = p."run_id"
    UNION ALL SELECT p."original_sha256", r."workspace_id" FROM "perturbations" p JOIN "runs" r ON r."id" = p."run_id"
    UNION ALL SELECT e."image_sha256", r."workspace_id" FROM "chain_elites" e
        JOIN "chain_links" l ON l."id" = e."link_id" JOIN "runs" r ON r."id" = l."run_id";
