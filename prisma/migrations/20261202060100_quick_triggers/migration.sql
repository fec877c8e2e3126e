-- The triggers of a generation's rows do less: statements that Postgres plans once for each connection instead of for each call, and rows
-- found by index whatever the statistics say. \073 is the semicolon of a function's body (see the invariants).

CREATE FUNCTION "show_images_of_genomes"() RETURNS trigger LANGUAGE plpgsql AS
E'BEGIN
    INSERT INTO workspace_images (sha256, owner) SELECT DISTINCT image_sha256, workspace_id FROM added ORDER BY 1, 2 ON CONFLICT DO NOTHING\073
    RETURN NULL\073
END';
DROP TRIGGER "genomes_show" ON "genomes";
CREATE TRIGGER "genomes_show" AFTER INSERT ON "genomes" REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT
    EXECUTE FUNCTION "show_images_of_genomes"();

-- The lock waits for a transaction that shows the image in another workspace, since neither would see the rows of the other. An image that
-- this transaction created is locked already. OFFSET 0 makes Postgres look each image up by index.
CREATE OR REPLACE FUNCTION "share_scores"() RETURNS trigger LANGUAGE plpgsql AS
E'BEGIN
    PERFORM FROM (SELECT DISTINCT image_sha256 FROM added ORDER BY 1) s CROSS JOIN LATERAL (
        SELECT FROM images i WHERE i.sha256 = s.image_sha256 AND i.created_at < now() OFFSET 0 FOR SHARE) i\073
    INSERT INTO shared_scores (score_id, owner, top_confidence)
        SELECT s.id, w.owner, s.top_confidence FROM added s CROSS JOIN LATERAL (
            SELECT w.owner FROM workspace_images w WHERE w.sha256 = s.image_sha256 OFFSET 0) w WHERE w.owner <> s.owner
        ON CONFLICT DO NOTHING\073
    RETURN NULL\073
END';
