-- The share of people who recognise an image is corrected for guessing, by the number of choices of each study, so votes of different
-- questions have a common mean. Null: there are no votes, or guesses cannot be counted.
ALTER TABLE "study_images" ADD COLUMN "recognition_alternatives" INTEGER;
ALTER TABLE "recognition" ADD COLUMN "corrected_votes" INTEGER NOT NULL DEFAULT 0;
-- Sums over these votes: of 1 if they agree and -1 / (choices - 1) if they do not, and of 1 / (choices - 1).
ALTER TABLE "recognition" ADD COLUMN "recognised" DECIMAL NOT NULL DEFAULT 0;
ALTER TABLE "recognition" ADD COLUMN "guess_odds" DECIMAL NOT NULL DEFAULT 0;
ALTER TABLE "recognition" ADD CONSTRAINT "recognition_corrected_check"
    CHECK ("corrected_votes" BETWEEN 0 AND "votes" AND "recognised" <= "corrected_votes" AND "guess_odds" BETWEEN 0 AND "corrected_votes");
DROP INDEX "recognition_share_idx";
CREATE INDEX "recognition_share_idx" ON "recognition"
    ("workspace_id", (greatest(0, "recognised"::double precision / nullif("corrected_votes", 0))), "image_sha256") WHERE "corrected_votes" > 0;
-- Results are computed again, which writes them.
UPDATE "study_results" SET "vote_count" = -1;
