-- Intervals of results stay within bounds, are for other voters and other images, or are missing with the reason. All are computed again.
UPDATE "study_results" SET "vote_count" = -1;
