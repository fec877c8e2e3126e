-- workspace_images follows the view image_owners when a run moves to the trash or back: the rows of a trashed run show no image.
-- \073 is the semicolon of a function's body (see the invariants).
CREATE FUNCTION "images_of_run"(run text) RETURNS TABLE (sha256 text) LANGUAGE sql STABLE AS
E'SELECT g.image_sha256 FROM genomes g WHERE g.run_id = run
    UNION SELECT r.source_sha256 FROM runs r WHERE r.id = run AND r.source_sha256 IS NOT NULL
    UNION SELECT t.image_sha256 FROM trajectories t WHERE t.run_id = run
    UNION SELECT o.image_sha256 FROM replaced_pictures o JOIN trajectories t ON t.id = o.trajectory_id WHERE t.run_id = run
    UNION SELECT m.image_sha256 FROM trajectory_milestones m JOIN trajectories t ON t.id = m.trajectory_id WHERE t.run_id = run
    UNION SELECT p.image_sha256 FROM perturbations p WHERE p.run_id = run
    UNION SELECT p.original_sha256 FROM perturbations p WHERE p.run_id = run
    UNION SELECT e.image_sha256 FROM chain_elites e JOIN chain_links l ON l.id = e.link_id WHERE l.run_id = run';
CREATE FUNCTION "follow_trash"() RETURNS trigger LANGUAGE plpgsql AS
E'BEGIN
    IF NEW.trashed_at IS NULL THEN
        INSERT INTO workspace_images (sha256, owner, created_at)
            SELECT h.sha256, NEW.workspace_id, i.created_at FROM images_of_run(NEW.id) h JOIN images i ON i.sha256 = h.sha256
            ORDER BY 1 ON CONFLICT DO NOTHING\073
    ELSE
        DELETE FROM workspace_images w USING images_of_run(NEW.id) h WHERE w.sha256 = h.sha256 AND w.owner = NEW.workspace_id
            AND NOT EXISTS (SELECT FROM image_owners o WHERE o.sha256 = w.sha256 AND coalesce(o.workspace_id, '''') = w.owner OFFSET 0)\073
    END IF\073
    RETURN NULL\073
END';
CREATE TRIGGER "runs_in_trash_hide_images" AFTER UPDATE OF "trashed_at" ON "runs" FOR EACH ROW
    WHEN ((OLD."trashed_at" IS NULL) <> (NEW."trashed_at" IS NULL)) EXECUTE FUNCTION "follow_trash"();
-- Images of runs that were trashed before this migration.
DELETE FROM "workspace_images" w WHERE NOT EXISTS (
    SELECT FROM "image_owners" o WHERE o."sha256" = w."sha256" AND coalesce(o."workspace_id", '') = w."owner");
