-- The statistics of a generation were of the search, on float pixels, while its run's were of stored images. A generation has both now: those
-- of stored images under the plain names, and those of the search named so.
ALTER TABLE "generations" RENAME COLUMN "median" TO "search_median";
ALTER TABLE "generations" RENAME COLUMN "mean" TO "search_mean";
ALTER TABLE "generations" RENAME COLUMN "minimum" TO "search_minimum";
ALTER TABLE "generations" RENAME COLUMN "maximum" TO "search_maximum";
ALTER TABLE "generations" ADD COLUMN "median" DOUBLE PRECISION,
  ADD COLUMN "mean" DOUBLE PRECISION,
  ADD COLUMN "minimum" DOUBLE PRECISION,
  ADD COLUMN "maximum" DOUBLE PRECISION,
  ADD CONSTRAINT "generations_stored_range" CHECK (
    "median" BETWEEN 0 AND 1 AND "mean" BETWEEN 0 AND 1 AND "minimum" BETWEEN 0 AND 1 AND "maximum" BETWEEN 0 AND 1
    AND num_nulls("median", "mean", "minimum", "maximum") IN (0, 4));

-- The statistics of stored images follow from the elites that held a niche after each generation of a run. A generation of which a retention
-- rule has removed some has no row. An empty niche counts as 0. The median is the mean of the middle two values, and the mean adds in order of
-- niches, as in the worker, so that the bits are the same. \073 is the semicolon of a function's body (see the invariants).
CREATE FUNCTION "statistics_of_stored_images"("of_run" TEXT)
RETURNS TABLE ("at" INT, "median" DOUBLE PRECISION, "mean" DOUBLE PRECISION, "minimum" DOUBLE PRECISION, "maximum" DOUBLE PRECISION)
LANGUAGE plpgsql STABLE AS
E'#variable_conflict use_column
DECLARE
    change record\073
    held float8[]\073
    ascending float8[]\073
    niches int\073
    empty int\073
    changed boolean := true\073
BEGIN
    SELECT cardinality(m.labels) INTO niches FROM runs r JOIN models m ON m.id = r.model_id WHERE r.id = of_run\073
    held := array_fill(NULL::float8, ARRAY[niches])\073
    -- In each generation, elites leave their niches, others take them, and then the archive is summarised.
    FOR change IN
        SELECT e.replaced_at AS generation, 0 AS step, e.niche + 1 AS place, NULL::float8 AS value FROM elites e WHERE e.run_id = of_run AND e.replaced_at IS NOT NULL
        UNION ALL SELECT e.generation, 1, e.niche + 1, e.stored_fitness FROM elites e WHERE e.run_id = of_run
        UNION ALL SELECT g.generation, 2, g.filled, NULL FROM generations g WHERE g.run_id = of_run
        ORDER BY 1, 2
    LOOP
        IF change.step < 2 THEN
            held[change.place] := change.value\073
            changed := true\073
            CONTINUE\073
        END IF\073
        IF changed THEN
            ascending := (SELECT array_agg(v ORDER BY v) FROM unnest(held) v WHERE v IS NOT NULL)\073
            empty := niches - coalesce(cardinality(ascending), 0)\073
            mean := (SELECT sum(v) FROM unnest(held) v) / niches\073
            median := (CASE WHEN (niches + 1) / 2 > empty THEN ascending[(niches + 1) / 2 - empty] ELSE 0 END
                + CASE WHEN niches / 2 + 1 > empty THEN ascending[niches / 2 + 1 - empty] ELSE 0 END) / 2\073
            minimum := CASE WHEN empty > 0 THEN 0 ELSE ascending[1] END\073
            maximum := ascending[niches - empty]\073
            changed := false\073
        END IF\073
        at := change.generation\073
        IF niches - empty = change.place THEN RETURN NEXT\073 END IF\073
    END LOOP\073
END';

UPDATE "generations" g SET ("median", "mean", "minimum", "maximum") = (s."median", s."mean", s."minimum", s."maximum")
  FROM "runs" r CROSS JOIN LATERAL "statistics_of_stored_images"(r."id") s
  WHERE r."kind" = 'evolution' AND g."run_id" = r."id" AND g."generation" = s."at";

-- The run's mean and best follow its last generation, also when a restored archive is summarised.
CREATE TRIGGER "generations_keep_summary" AFTER UPDATE ON "generations" REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT
    EXECUTE FUNCTION "keep_last_statistics"();
ALTER TABLE "runs" DISABLE TRIGGER USER;
UPDATE "runs" r SET ("mean", "best") = (SELECT g."mean", g."maximum" FROM "generations" g WHERE g."run_id" = r."id" ORDER BY g."generation" DESC LIMIT 1)
  WHERE r."kind" = 'evolution';
ALTER TABLE "runs" ENABLE TRIGGER USER;
