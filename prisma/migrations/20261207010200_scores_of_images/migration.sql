-- A new owner of an image gets the scores that the image has. Most images are new and have none; all images of a restored export have some.
-- OFFSET 0 and lists of IDs make Postgres look each row up by index once, whatever the statistics say: those of a long transaction do not
-- have its own rows, and a join with a table that they call empty reads it again for each row. \073 is the semicolon of a function's body
-- (see the invariants).
CREATE OR REPLACE FUNCTION "share_scores_of_images"() RETURNS trigger LANGUAGE plpgsql AS
E'DECLARE
    lone RECORD\073
BEGIN
    IF NOT EXISTS (SELECT FROM added n CROSS JOIN LATERAL (SELECT FROM scores s WHERE s.image_sha256 = n.sha256 OFFSET 0) s) THEN
        RETURN NULL\073
    END IF\073
    FOR lone IN
        SELECT a.owner, array_agg(x.id) AS ids FROM (SELECT sha256, min(owner) AS owner FROM added GROUP BY sha256) a CROSS JOIN LATERAL (
            SELECT o.id FROM scores o WHERE o.image_sha256 = a.sha256 AND (o.owner IS NULL OR NOT EXISTS (
                SELECT FROM workspace_images w WHERE w.sha256 = o.image_sha256 AND w.owner || '''' = o.owner OFFSET 0)) OFFSET 0) x
        GROUP BY a.owner
    LOOP
        UPDATE scores SET owner = lone.owner WHERE id = ANY (lone.ids)\073
    END LOOP\073
    INSERT INTO shared_scores (score_id, owner, top_confidence)
        SELECT s.id, n.owner, s.top_confidence FROM added n CROSS JOIN LATERAL (
            SELECT x.id, x.owner, x.top_confidence FROM scores x WHERE x.image_sha256 = n.sha256 OFFSET 0) s WHERE s.owner <> n.owner
        ON CONFLICT DO NOTHING\073
    RETURN NULL\073
END';
