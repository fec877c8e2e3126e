-- As in the migration scores_of_images, but a new owner of an image never waits for another transaction that takes its scores, such as a long
-- import. It shares them: whether the other transaction commits or not, both owners see them. \073 is the semicolon of a function's body.
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
                SELECT FROM workspace_images w WHERE w.sha256 = o.image_sha256 AND w.owner || '''' = o.owner OFFSET 0))
            OFFSET 0 FOR NO KEY UPDATE SKIP LOCKED) x
        GROUP BY a.owner
    LOOP
        UPDATE scores SET owner = lone.owner WHERE id = ANY (lone.ids)\073
    END LOOP\073
    INSERT INTO shared_scores (score_id, owner, top_confidence)
        SELECT s.id, n.owner, s.top_confidence FROM added n CROSS JOIN LATERAL (
            SELECT x.id, x.owner, x.top_confidence FROM scores x WHERE x.image_sha256 = n.sha256 OFFSET 0) s
        WHERE s.owner IS DISTINCT FROM n.owner
        ON CONFLICT DO NOTHING\073
    RETURN NULL\073
END';
