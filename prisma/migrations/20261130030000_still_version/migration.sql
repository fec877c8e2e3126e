-- Voters who see the images of a study with flashing images still.
ALTER TABLE "study_voters" ADD COLUMN "still" BOOLEAN NOT NULL DEFAULT false;
