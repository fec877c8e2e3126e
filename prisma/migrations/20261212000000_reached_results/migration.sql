-- The count of a run is that of results which meet the criterion of its kind: attacks that changed the label, networks that an image of their
-- archive fools. The median of each kind is a column, so every list reads the same. Evolutions have both already.
ALTER TABLE "runs" DISABLE TRIGGER USER;

UPDATE "runs" r SET "fooling_count" = t.reached, "median" = t.median
FROM (
  SELECT "run_id", count(*) FILTER (WHERE "stored_confidence" >= 0.9999)::int AS reached,
    (percentile_disc(0.5) WITHIN GROUP (ORDER BY "stored_confidence") + percentile_disc(0.5) WITHIN GROUP (ORDER BY "stored_confidence" DESC)) / 2 AS median
  FROM "trajectories" GROUP BY 1
) t WHERE t."run_id" = r."id" AND r."kind" = 'ascent' AND (r."fooling_count", r."median") IS DISTINCT FROM (t.reached, t.median);

UPDATE "runs" r SET "fooling_count" = p.reached, "median" = p.median
FROM (
  SELECT "run_id", count(*) FILTER (WHERE "success")::int AS reached,
    (percentile_disc(0.5) WITHIN GROUP (ORDER BY CASE WHEN "success" THEN "stored_confidence" ELSE 0 END)
      + percentile_disc(0.5) WITHIN GROUP (ORDER BY CASE WHEN "success" THEN "stored_confidence" ELSE 0 END DESC)) / 2 AS median
  FROM "perturbations" GROUP BY 1
) p WHERE p."run_id" = r."id" AND r."kind" = 'perturbation' AND (r."fooling_count", r."median") IS DISTINCT FROM (p.reached, p.median);

UPDATE "runs" r SET "fooling_count" = c.reached, "median" = c.median
FROM (
  SELECT l."run_id",
    count(*) FILTER (WHERE l."state" = 'SUCCEEDED' AND EXISTS (
      SELECT FROM "chain_elites" e WHERE e."link_id" = l."id" AND e."stored_confidence" >= 0.9999))::int AS reached,
    (array_agg(l."median_confidence" ORDER BY l."iteration" DESC) FILTER (WHERE l."median_confidence" IS NOT NULL))[1] AS median
  FROM "chain_links" l GROUP BY 1
) c WHERE c."run_id" = r."id" AND r."kind" = 'retraining' AND (r."fooling_count", r."median") IS DISTINCT FROM (c.reached, c.median);

ALTER TABLE "runs" ENABLE TRIGGER USER;
