-- A trial without an answer was skipped by its voter, or its time ended. Stored trials of studies with one time limit for all questions
-- are told apart by their response time: it counts from the image's first frame, and the limit from the end of the image and its mask if
-- these have a duration, otherwise from the same frame.
ALTER TABLE "votes" ADD COLUMN "timed_out" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "votes" ADD CONSTRAINT "votes_timed_out_without_answer" CHECK (NOT "timed_out" OR "answer" IS NULL);

WITH "phases" AS (
  SELECT s."id" AS "study_id", (p->'timing'->>'answerMs')::double precision AS "limit",
    (p->'timing'->>'imageMs')::double precision > 0 AS "flashes"
  FROM "studies" s, jsonb_array_elements(s."plan_text"::jsonb->'rules'->'design'->'phases') p
  WHERE s."plan_text" IS NOT NULL
), "limits" AS (
  SELECT "study_id", min("limit") AS "limit", bool_or("flashes") AS "flashes" FROM "phases"
  GROUP BY "study_id" HAVING min("limit") > 0 AND min("limit") = max("limit") AND bool_or("flashes") = bool_and("flashes")
)
UPDATE "votes" v SET "timed_out" = true FROM "limits" l, "study_voters" w
WHERE v."study_id" = l."study_id" AND w."id" = v."voter_id" AND NOT w."still" AND v."answer" IS NULL
  AND v."response_ms" + 1 >= l."limit" + CASE WHEN l."flashes"
    THEN coalesce((v."timing"->>'shownMs')::double precision, 0) + coalesce((v."timing"->>'maskMs')::double precision, 0) ELSE 0 END;

-- Results have other documents now: all are computed again.
UPDATE "study_results" SET "vote_count" = -1;
