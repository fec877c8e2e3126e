-- A voter's place is confirmed by the first answers. Voters of before have confirmed theirs with as many answers as are needed now.
ALTER TABLE "study_voters" ADD COLUMN "confirmed_at" TIMESTAMPTZ(3);
UPDATE "study_voters" v SET "confirmed_at" = coalesce(v."finished_at", now())
WHERE v."withdrawn_at" IS NULL AND (v."finished_at" IS NOT NULL OR least(3, v."trial_count") <= (
  SELECT count(*) FROM "votes" WHERE "voter_id" = v."id" AND "answer" IS NOT NULL));

-- Trials that the voter's browser has received while the study took votes. Pages of before read all trials at once.
ALTER TABLE "study_voters" ADD COLUMN "served_trials" int4multirange NOT NULL DEFAULT '{}';
UPDATE "study_voters" SET "served_trials" = int4multirange(int4range(0, "trial_count")) WHERE "withdrawn_at" IS NULL;

-- The hash of a voter's address was keyed with the public link, so that all IPv4 addresses could be tried. Whether a voter has an account is
-- a column of its own now, and hashes are made again when people join.
ALTER TABLE "study_voters" ADD COLUMN "anonymous" BOOLEAN NOT NULL DEFAULT false;
UPDATE "study_voters" SET "anonymous" = true WHERE "client_hash" IS NOT NULL;
UPDATE "study_voters" SET "client_hash" = NULL;
CREATE INDEX "study_voters_hashed_idx" ON "study_voters"("joined_at") WHERE "client_hash" IS NOT NULL;

-- Their keys contained addresses. Limits start again.
DELETE FROM "rate_limits";
DELETE FROM "cost_buckets";
