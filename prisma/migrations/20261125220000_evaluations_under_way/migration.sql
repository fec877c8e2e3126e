-- How far an attack is was written to "evaluations", which only moves on: resumed from its beginning, it seemed to stand still.
ALTER TABLE "runs" ADD COLUMN "evaluations_under_way" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "runs" ADD CONSTRAINT "runs_evaluations_under_way_range" CHECK ("evaluations_under_way" >= 0);
