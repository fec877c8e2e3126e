-- Comparisons of runs that a member has saved: their figures and images as they were, with a title and notes.
ALTER TABLE "workspaces" ADD COLUMN "last_comparison_number" INTEGER NOT NULL DEFAULT 0;

CREATE TABLE "saved_comparisons" (
  "id" TEXT PRIMARY KEY,
  "workspace_id" TEXT NOT NULL REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "created_by_id" TEXT NOT NULL REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "number" INTEGER NOT NULL,
  "title" TEXT NOT NULL,
  "notes" TEXT NOT NULL,
  "entries" JSONB NOT NULL,
  "generation" INTEGER NOT NULL,
  "baseline" INTEGER,
  "snapshot" JSONB NOT NULL,
  "idempotency_key" TEXT,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "deleted_at" TIMESTAMPTZ(3),
  CONSTRAINT "saved_comparisons_range" CHECK ("generation" >= -1 AND "baseline" >= 0)
);
CREATE UNIQUE INDEX "saved_comparisons_workspace_id_number_key" ON "saved_comparisons"("workspace_id", "number");
CREATE UNIQUE INDEX "saved_comparisons_workspace_id_idempotency_key_key" ON "saved_comparisons"("workspace_id", "idempotency_key");
CREATE INDEX "saved_comparisons_workspace_id_created_at_id_idx" ON "saved_comparisons"("workspace_id", "created_at", "id");
CREATE INDEX "saved_comparisons_created_by_id_idx" ON "saved_comparisons"("created_by_id");
CREATE INDEX "saved_comparisons_deleted_at_idx" ON "saved_comparisons"("deleted_at");

-- The images that it shows, each once. They are kept when their runs are deleted.
CREATE TABLE "saved_comparison_images" (
  "saved_comparison_id" TEXT NOT NULL REFERENCES "saved_comparisons"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "image_sha256" TEXT NOT NULL REFERENCES "images"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE,
  PRIMARY KEY ("saved_comparison_id", "image_sha256")
);
CREATE INDEX "saved_comparison_images_image_sha256_idx" ON "saved_comparison_images"("image_sha256");

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
        FROM "imported_images" i JOIN "runs" r ON r."id" = i."run_id" WHERE r."trashed_at" IS NULL
    UNION ALL SELECT i."image_sha256", c."workspace_id", NULL
        FROM "saved_comparison_images" i JOIN "saved_comparisons" c ON c."id" = i."saved_comparison_id";
CREATE TRIGGER "saved_comparison_images_show" AFTER INSERT ON "saved_comparison_images" REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT
    EXECUTE FUNCTION "show_images"('SELECT a.image_sha256 AS sha256, c.workspace_id AS owner FROM added a JOIN saved_comparisons c ON c.id = a.saved_comparison_id');
CREATE TRIGGER "saved_comparison_images_hide" AFTER DELETE ON "saved_comparison_images" REFERENCING OLD TABLE AS "gone" FOR EACH STATEMENT
    EXECUTE FUNCTION "hide_images"('SELECT image_sha256 FROM gone');
CREATE TRIGGER "saved_comparison_images_image_stays" BEFORE UPDATE OF "image_sha256" ON "saved_comparison_images" FOR EACH ROW WHEN (OLD."image_sha256" IS DISTINCT FROM NEW."image_sha256")
    EXECUTE FUNCTION "refuse_row"('The image of this row cannot change.');

-- Lists and open pages follow what is saved, renamed, edited, deleted and restored.
CREATE FUNCTION "announce_saved_comparisons"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('pareidolia_changes', CASE WHEN count(*) > 100 THEN workspace_id
    ELSE workspace_id || ' ' || json_build_object('savedComparisonIds', array_agg(id))::text END)
  FROM changed GROUP BY workspace_id;
  RETURN NULL;
END $$;
CREATE TRIGGER "saved_comparisons_announce_created" AFTER INSERT ON "saved_comparisons" REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION "announce_saved_comparisons"();
CREATE TRIGGER "saved_comparisons_announce_updated" AFTER UPDATE ON "saved_comparisons" REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION "announce_saved_comparisons"();
CREATE TRIGGER "saved_comparisons_announce_deleted" AFTER DELETE ON "saved_comparisons" REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION "announce_saved_comparisons"();
