-- When the lease of each trial ends that a voter's browser has received, by the trial's number + 1: after a study has closed, it decides
-- whether a vote on the trial still counts.
ALTER TABLE "study_voters" ADD COLUMN "trial_leases" TIMESTAMPTZ(3)[] NOT NULL DEFAULT '{}';
UPDATE "study_voters" SET "trial_leases" = ARRAY(
    SELECT CASE WHEN "served_trials" @> t.number THEN "lease_expires_at" END FROM generate_series(0, "trial_count" - 1) AS t(number) ORDER BY t.number)
    WHERE "withdrawn_at" IS NULL AND "finished_at" IS NULL AND "lease_expires_at" > now();
ALTER TABLE "study_voters" DROP COLUMN "served_trials";
