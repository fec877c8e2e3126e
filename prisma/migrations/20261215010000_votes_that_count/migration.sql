-- Results count votes by the one rule of counters, exports and releases, and name answers that are no votes. All are computed again.
UPDATE "study_results" SET "vote_count" = -1;
