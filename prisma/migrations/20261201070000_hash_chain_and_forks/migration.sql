-- The hash chain of a run, by which `npm run verify -- RUN-n` finds the first step that differs. Runs from before this migration have none.
ALTER TABLE "generations" ADD COLUMN "chain_hash" TEXT CHECK ("chain_hash" ~ '^[0-9a-f]{64}$');

-- The same for runs without generations: trajectories of an ascent, attacks of a perturbation, links of a retraining chain.
CREATE TABLE "run_step_hashes" (
  "run_id" TEXT NOT NULL REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "step" INTEGER NOT NULL CHECK ("step" >= 0),
  "hash" TEXT NOT NULL CHECK ("hash" ~ '^[0-9a-f]{64}$'),
  PRIMARY KEY ("run_id", "step")
);

-- A fork keeps its generation when the run that it was forked from is deleted.
ALTER TABLE "runs"
  ADD COLUMN "forked_from_run_id" TEXT REFERENCES "runs"("id") ON DELETE SET NULL ON UPDATE CASCADE,
  ADD COLUMN "forked_from_generation" INTEGER CHECK ("forked_from_generation" >= 0),
  ADD COLUMN "rerun_of_run_id" TEXT REFERENCES "runs"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE INDEX "runs_forked_from_run_id_idx" ON "runs"("forked_from_run_id");
CREATE INDEX "runs_rerun_of_run_id_idx" ON "runs"("rerun_of_run_id");

-- Generation and index of each parent, of a genome that a fork copied: its parents are rows of another run, which may be deleted.
ALTER TABLE "genomes" ADD COLUMN "copied_parents" INTEGER[] CHECK (cardinality("copied_parents") IN (0, 2, 4));
