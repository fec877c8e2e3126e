-- Results say how intervals of images are computed, which are others where agreement decides when an image stops. All are computed again.
UPDATE "study_results" SET "vote_count" = -1;
