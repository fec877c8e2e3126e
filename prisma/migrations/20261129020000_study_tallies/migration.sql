-- Numbers the changes of a study's tallies, so that subscribers read those that they have not seen.
ALTER TABLE "studies" ADD COLUMN "tally_sequence" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "study_images" ADD COLUMN "tally_sequence" INTEGER NOT NULL DEFAULT 0;
CREATE INDEX "study_images_study_id_tally_sequence_idx" ON "study_images"("study_id", "tally_sequence");
