-- Results count votes by question, and the pairs that a mean of error consistency is over. Calibration errors are at most 1. All are computed again.
UPDATE "study_results" SET "vote_count" = -1;
