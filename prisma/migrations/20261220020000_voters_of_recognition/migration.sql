-- What people say about a run has an interval for other voters and other images, so each image needs the voters of its votes. Results are
-- computed again, which writes them.
ALTER TABLE "study_images" ADD COLUMN "agreeing_voters" INTEGER[] NOT NULL DEFAULT '{}';
ALTER TABLE "study_images" ADD COLUMN "other_voters" INTEGER[] NOT NULL DEFAULT '{}';
UPDATE "study_results" SET "vote_count" = -1;
