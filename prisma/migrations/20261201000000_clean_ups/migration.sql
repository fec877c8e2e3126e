-- "Sweep" names a set of runs over parameter values from now on; the removal of unused data is a clean-up.
ALTER TABLE "sweeps" RENAME TO "clean_ups";
ALTER TABLE "clean_ups" RENAME COLUMN "swept_at" TO "cleaned_at";
ALTER TABLE "clean_ups" RENAME CONSTRAINT "sweeps_pkey" TO "clean_ups_pkey";
