-- Studies whose images another network has scored since their results were computed. Rows are only added, so a network's long transaction
-- never waits for a vote, nor a vote for it; storing results removes those that the computation has read.
CREATE TABLE "rescored_studies" (
    "id" BIGSERIAL NOT NULL,
    "study_id" TEXT NOT NULL,
    CONSTRAINT "rescored_studies_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "rescored_studies_study_id_idx" ON "rescored_studies"("study_id");
ALTER TABLE "rescored_studies" ADD CONSTRAINT "rescored_studies_study_id_fkey"
    FOREIGN KEY ("study_id") REFERENCES "studies"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Earlier results may lack networks.
INSERT INTO "rescored_studies" ("study_id") SELECT "id" FROM "studies" WHERE "plan_text" IS NOT NULL;
