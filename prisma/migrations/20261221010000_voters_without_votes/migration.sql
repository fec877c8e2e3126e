-- Results count voters, but a voter who joined without voting did not outdate them: those results are computed again.
UPDATE "study_results" r SET "vote_count" = -1
  WHERE EXISTS (SELECT FROM "study_voters" o WHERE o."study_id" = r."study_id" AND o."finished_at" IS NULL AND o."withdrawn_at" IS NULL
    AND NOT EXISTS (SELECT FROM "votes" v WHERE v."voter_id" = o."id"));
