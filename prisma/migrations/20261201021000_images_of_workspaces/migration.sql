-- The images and scores of each workspace, in the order of their lists. The view image_owners says which rows show an image; the triggers
-- here keep its distinct pairs of image and workspace as a table. The owner '' is the product, whose photographs every workspace sees.
CREATE TABLE "workspace_images" (
    "sha256" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workspace_images_pkey" PRIMARY KEY ("sha256", "owner")
);

-- The owner of a score is one owner of its image; rows of shared_scores are for the others. Few images have two owners. An owner that loses
-- its last image row stays here until the image is deleted, so lists compare it with workspace_images.
ALTER TABLE "scores" ADD COLUMN "owner" TEXT;
CREATE TABLE "shared_scores" (
    "score_id" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "top_confidence" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "shared_scores_pkey" PRIMARY KEY ("score_id", "owner")
);
ALTER TABLE "shared_scores" ADD CONSTRAINT "shared_scores_score_id_fkey" FOREIGN KEY ("score_id") REFERENCES "scores"("id") ON DELETE CASCADE ON UPDATE CASCADE;

INSERT INTO "workspace_images" ("sha256", "owner", "created_at")
    SELECT o."sha256", coalesce(o."workspace_id", ''), i."created_at"
    FROM (SELECT DISTINCT "sha256", "workspace_id" FROM "image_owners") o JOIN "images" i ON i."sha256" = o."sha256";
UPDATE "scores" s SET "owner" = o."owner"
    FROM (SELECT "sha256", min("owner") AS "owner" FROM "workspace_images" GROUP BY "sha256") o WHERE o."sha256" = s."image_sha256";
INSERT INTO "shared_scores" ("score_id", "owner", "top_confidence")
    SELECT s."id", w."owner", s."top_confidence" FROM "scores" s JOIN "workspace_images" w ON w."sha256" = s."image_sha256" AND w."owner" <> s."owner";

CREATE INDEX "workspace_images_owner_created_at_sha256_idx" ON "workspace_images"("owner", "created_at", "sha256");
CREATE INDEX "shared_scores_owner_top_confidence_score_id_idx" ON "shared_scores"("owner", "top_confidence", "score_id");
DROP INDEX "scores_top_confidence_id_idx";
DROP INDEX "scores_model_id_top_confidence_idx";
CREATE INDEX "scores_owner_top_confidence_id_idx" ON "scores"("owner", "top_confidence", "id");
CREATE INDEX "scores_model_id_owner_top_confidence_id_idx" ON "scores"("model_id", "owner", "top_confidence", "id");

-- The first argument of the triggers selects sha256 and owner of the rows that a statement added or removed.
CREATE FUNCTION "show_images"() RETURNS trigger LANGUAGE plpgsql AS
E'BEGIN
    EXECUTE ''INSERT INTO workspace_images (sha256, owner) SELECT DISTINCT sha256, owner FROM ('' || TG_ARGV[0]
        || '') shown WHERE sha256 IS NOT NULL ORDER BY 1, 2 ON CONFLICT DO NOTHING''\073
    RETURN NULL\073
END';
-- OFFSET 0 makes Postgres look each image up by index.
CREATE FUNCTION "hide_images"() RETURNS trigger LANGUAGE plpgsql AS
E'BEGIN
    EXECUTE ''DELETE FROM workspace_images w USING (SELECT DISTINCT image AS sha256 FROM ('' || TG_ARGV[0] || '') lost(image)) h
        WHERE w.sha256 = h.sha256 AND NOT EXISTS (SELECT FROM image_owners o
            WHERE o.sha256 = w.sha256 AND coalesce(o.workspace_id, '''''''') = w.owner OFFSET 0)''\073
    RETURN NULL\073
END';
-- A new owner of an image gets the scores that the image has. Most images are new and have none.
CREATE FUNCTION "share_scores_of_images"() RETURNS trigger LANGUAGE plpgsql AS
E'BEGIN
    IF NOT EXISTS (SELECT FROM added n CROSS JOIN LATERAL (SELECT FROM scores s WHERE s.image_sha256 = n.sha256 OFFSET 0) s) THEN
        RETURN NULL\073
    END IF\073
    UPDATE scores s SET owner = n.owner FROM (SELECT sha256, min(owner) AS owner FROM added GROUP BY sha256) n
        WHERE s.image_sha256 = n.sha256 AND (s.owner IS NULL OR NOT EXISTS (
            SELECT FROM workspace_images w WHERE w.sha256 = s.image_sha256 AND w.owner = s.owner))\073
    INSERT INTO shared_scores (score_id, owner, top_confidence)
        SELECT s.id, n.owner, s.top_confidence FROM added n JOIN scores s ON s.image_sha256 = n.sha256 WHERE s.owner <> n.owner
        ON CONFLICT DO NOTHING\073
    RETURN NULL\073
END';
-- A score passes to another owner of its image, if there is one.
CREATE FUNCTION "pass_scores_on"() RETURNS trigger LANGUAGE plpgsql AS
E'BEGIN
    DELETE FROM shared_scores x USING gone g, scores s WHERE s.image_sha256 = g.sha256 AND x.score_id = s.id AND x.owner = g.owner\073
    UPDATE scores s SET owner = n.owner FROM (
            SELECT g.sha256, g.owner AS former, min(w.owner) AS owner FROM gone g JOIN workspace_images w ON w.sha256 = g.sha256
            GROUP BY g.sha256, g.owner) n
        WHERE s.image_sha256 = n.sha256 AND s.owner = n.former\073
    DELETE FROM shared_scores x USING gone g, scores s WHERE s.image_sha256 = g.sha256 AND x.score_id = s.id AND x.owner = s.owner\073
    RETURN NULL\073
END';
CREATE TRIGGER "workspace_images_added" AFTER INSERT ON "workspace_images" REFERENCING NEW TABLE AS "added"
    FOR EACH STATEMENT EXECUTE FUNCTION "share_scores_of_images"();
CREATE TRIGGER "workspace_images_gone" AFTER DELETE ON "workspace_images" REFERENCING OLD TABLE AS "gone"
    FOR EACH STATEMENT EXECUTE FUNCTION "pass_scores_on"();

CREATE FUNCTION "choose_owner_of_score"() RETURNS trigger LANGUAGE plpgsql AS
E'BEGIN
    SELECT min(w.owner) INTO NEW.owner FROM workspace_images w WHERE w.sha256 = NEW.image_sha256\073
    RETURN NEW\073
END';
-- The lock waits for a transaction that shows the image in another workspace, since neither would see the rows of the other. An image that
-- this transaction created is locked already.
CREATE FUNCTION "share_scores"() RETURNS trigger LANGUAGE plpgsql AS
E'BEGIN
    PERFORM FROM images i WHERE i.sha256 IN (SELECT image_sha256 FROM added) AND i.created_at < now() ORDER BY i.sha256 FOR SHARE\073
    INSERT INTO shared_scores (score_id, owner, top_confidence)
        SELECT s.id, w.owner, s.top_confidence FROM added s JOIN workspace_images w ON w.sha256 = s.image_sha256 AND w.owner <> s.owner
        ON CONFLICT DO NOTHING\073
    RETURN NULL\073
END';
CREATE TRIGGER "scores_owner" BEFORE INSERT ON "scores" FOR EACH ROW WHEN (NEW."owner" IS NULL) EXECUTE FUNCTION "choose_owner_of_score"();
CREATE TRIGGER "scores_added" AFTER INSERT ON "scores" REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT EXECUTE FUNCTION "share_scores"();

-- Every table of the view image_owners. A test compares the table with the view.
CREATE TRIGGER "genomes_show" AFTER INSERT ON "genomes" REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT
    EXECUTE FUNCTION "show_images"('SELECT image_sha256 AS sha256, workspace_id AS owner FROM added');
CREATE TRIGGER "genomes_hide" AFTER DELETE ON "genomes" REFERENCING OLD TABLE AS "gone" FOR EACH STATEMENT
    EXECUTE FUNCTION "hide_images"('SELECT image_sha256 FROM gone');
CREATE TRIGGER "photos_show" AFTER INSERT ON "photos" REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT
    EXECUTE FUNCTION "show_images"('SELECT image_sha256 AS sha256, coalesce(workspace_id, '''') AS owner FROM added');
CREATE TRIGGER "photos_hide" AFTER DELETE ON "photos" REFERENCING OLD TABLE AS "gone" FOR EACH STATEMENT
    EXECUTE FUNCTION "hide_images"('SELECT image_sha256 FROM gone');
CREATE TRIGGER "runs_show" AFTER INSERT ON "runs" REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT
    EXECUTE FUNCTION "show_images"('SELECT source_sha256 AS sha256, workspace_id AS owner FROM added');
CREATE TRIGGER "runs_hide" AFTER DELETE ON "runs" REFERENCING OLD TABLE AS "gone" FOR EACH STATEMENT
    EXECUTE FUNCTION "hide_images"('SELECT source_sha256 FROM gone');
CREATE TRIGGER "trajectories_show" AFTER INSERT ON "trajectories" REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT
    EXECUTE FUNCTION "show_images"('SELECT image_sha256 AS sha256, workspace_id AS owner FROM added');
CREATE TRIGGER "trajectories_change" AFTER UPDATE ON "trajectories" REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT
    EXECUTE FUNCTION "show_images"('SELECT image_sha256 AS sha256, workspace_id AS owner FROM added');
CREATE TRIGGER "trajectories_change_from" AFTER UPDATE ON "trajectories" REFERENCING OLD TABLE AS "gone" FOR EACH STATEMENT
    EXECUTE FUNCTION "hide_images"('SELECT image_sha256 FROM gone');
CREATE TRIGGER "trajectories_hide" AFTER DELETE ON "trajectories" REFERENCING OLD TABLE AS "gone" FOR EACH STATEMENT
    EXECUTE FUNCTION "hide_images"('SELECT image_sha256 FROM gone');
CREATE TRIGGER "replaced_pictures_show" AFTER INSERT ON "replaced_pictures" REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT
    EXECUTE FUNCTION "show_images"('SELECT a.image_sha256 AS sha256, t.workspace_id AS owner FROM added a JOIN trajectories t ON t.id = a.trajectory_id');
CREATE TRIGGER "replaced_pictures_hide" AFTER DELETE ON "replaced_pictures" REFERENCING OLD TABLE AS "gone" FOR EACH STATEMENT
    EXECUTE FUNCTION "hide_images"('SELECT image_sha256 FROM gone');
CREATE TRIGGER "trajectory_milestones_show" AFTER INSERT ON "trajectory_milestones" REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT
    EXECUTE FUNCTION "show_images"('SELECT a.image_sha256 AS sha256, t.workspace_id AS owner FROM added a JOIN trajectories t ON t.id = a.trajectory_id');
CREATE TRIGGER "trajectory_milestones_hide" AFTER DELETE ON "trajectory_milestones" REFERENCING OLD TABLE AS "gone" FOR EACH STATEMENT
    EXECUTE FUNCTION "hide_images"('SELECT image_sha256 FROM gone');
CREATE TRIGGER "perturbations_show" AFTER INSERT ON "perturbations" REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT
    EXECUTE FUNCTION "show_images"('SELECT image_sha256 AS sha256, workspace_id AS owner FROM added UNION SELECT original_sha256, workspace_id FROM added');
CREATE TRIGGER "perturbations_hide" AFTER DELETE ON "perturbations" REFERENCING OLD TABLE AS "gone" FOR EACH STATEMENT
    EXECUTE FUNCTION "hide_images"('SELECT image_sha256 FROM gone UNION SELECT original_sha256 FROM gone');
CREATE TRIGGER "chain_elites_show" AFTER INSERT ON "chain_elites" REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT
    EXECUTE FUNCTION "show_images"('SELECT a.image_sha256 AS sha256, r.workspace_id AS owner FROM added a JOIN chain_links l ON l.id = a.link_id JOIN runs r ON r.id = l.run_id');
CREATE TRIGGER "chain_elites_hide" AFTER DELETE ON "chain_elites" REFERENCING OLD TABLE AS "gone" FOR EACH STATEMENT
    EXECUTE FUNCTION "hide_images"('SELECT image_sha256 FROM gone');
CREATE TRIGGER "study_images_show" AFTER INSERT ON "study_images" REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT
    EXECUTE FUNCTION "show_images"('SELECT a.image_sha256 AS sha256, s.workspace_id AS owner FROM added a JOIN studies s ON s.id = a.study_id');
CREATE TRIGGER "study_images_hide" AFTER DELETE ON "study_images" REFERENCING OLD TABLE AS "gone" FOR EACH STATEMENT
    EXECUTE FUNCTION "hide_images"('SELECT image_sha256 FROM gone');

-- The image of these rows never changes, so that no trigger has to follow it.
CREATE TRIGGER "genomes_image_stays" BEFORE UPDATE OF "image_sha256" ON "genomes" FOR EACH ROW WHEN (OLD."image_sha256" IS DISTINCT FROM NEW."image_sha256")
    EXECUTE FUNCTION "refuse_row"('The image of this row cannot change.');
CREATE TRIGGER "photos_image_stays" BEFORE UPDATE OF "image_sha256" ON "photos" FOR EACH ROW WHEN (OLD."image_sha256" IS DISTINCT FROM NEW."image_sha256")
    EXECUTE FUNCTION "refuse_row"('The image of this row cannot change.');
CREATE TRIGGER "runs_image_stays" BEFORE UPDATE OF "source_sha256" ON "runs" FOR EACH ROW WHEN (OLD."source_sha256" IS DISTINCT FROM NEW."source_sha256")
    EXECUTE FUNCTION "refuse_row"('The image of this row cannot change.');
CREATE TRIGGER "replaced_pictures_image_stays" BEFORE UPDATE OF "image_sha256" ON "replaced_pictures" FOR EACH ROW WHEN (OLD."image_sha256" IS DISTINCT FROM NEW."image_sha256")
    EXECUTE FUNCTION "refuse_row"('The image of this row cannot change.');
CREATE TRIGGER "trajectory_milestones_image_stays" BEFORE UPDATE OF "image_sha256" ON "trajectory_milestones" FOR EACH ROW WHEN (OLD."image_sha256" IS DISTINCT FROM NEW."image_sha256")
    EXECUTE FUNCTION "refuse_row"('The image of this row cannot change.');
CREATE TRIGGER "perturbations_image_stays" BEFORE UPDATE OF "image_sha256", "original_sha256" ON "perturbations" FOR EACH ROW WHEN (OLD."image_sha256" IS DISTINCT FROM NEW."image_sha256" OR OLD."original_sha256" IS DISTINCT FROM NEW."original_sha256")
    EXECUTE FUNCTION "refuse_row"('The image of this row cannot change.');
CREATE TRIGGER "chain_elites_image_stays" BEFORE UPDATE OF "image_sha256" ON "chain_elites" FOR EACH ROW WHEN (OLD."image_sha256" IS DISTINCT FROM NEW."image_sha256")
    EXECUTE FUNCTION "refuse_row"('The image of this row cannot change.');
CREATE TRIGGER "study_images_image_stays" BEFORE UPDATE OF "image_sha256" ON "study_images" FOR EACH ROW WHEN (OLD."image_sha256" IS DISTINCT FROM NEW."image_sha256")
    EXECUTE FUNCTION "refuse_row"('The image of this row cannot change.');
