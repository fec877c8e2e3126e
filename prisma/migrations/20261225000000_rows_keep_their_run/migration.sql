-- Rows of results stay with their run. Foreign keys refuse a run of another experiment, model or method, but not one of the same.
CREATE TRIGGER "elites_run_stays" BEFORE UPDATE OF "run_id" ON "elites" FOR EACH ROW WHEN (OLD."run_id" IS DISTINCT FROM NEW."run_id")
    EXECUTE FUNCTION "refuse_row"('The run of this row cannot change.');
CREATE TRIGGER "genomes_run_stays" BEFORE UPDATE OF "run_id" ON "genomes" FOR EACH ROW WHEN (OLD."run_id" IS DISTINCT FROM NEW."run_id")
    EXECUTE FUNCTION "refuse_row"('The run of this row cannot change.');
CREATE TRIGGER "trajectories_run_stays" BEFORE UPDATE OF "run_id" ON "trajectories" FOR EACH ROW WHEN (OLD."run_id" IS DISTINCT FROM NEW."run_id")
    EXECUTE FUNCTION "refuse_row"('The run of this row cannot change.');
CREATE TRIGGER "perturbations_run_stays" BEFORE UPDATE OF "run_id" ON "perturbations" FOR EACH ROW WHEN (OLD."run_id" IS DISTINCT FROM NEW."run_id")
    EXECUTE FUNCTION "refuse_row"('The run of this row cannot change.');
CREATE TRIGGER "imported_images_run_stays" BEFORE UPDATE OF "run_id" ON "imported_images" FOR EACH ROW WHEN (OLD."run_id" IS DISTINCT FROM NEW."run_id")
    EXECUTE FUNCTION "refuse_row"('The run of this row cannot change.');
CREATE TRIGGER "chain_links_run_stays" BEFORE UPDATE OF "run_id" ON "chain_links" FOR EACH ROW WHEN (OLD."run_id" IS DISTINCT FROM NEW."run_id")
    EXECUTE FUNCTION "refuse_row"('The run of this row cannot change.');
CREATE TRIGGER "chain_elites_link_stays" BEFORE UPDATE OF "link_id" ON "chain_elites" FOR EACH ROW WHEN (OLD."link_id" IS DISTINCT FROM NEW."link_id")
    EXECUTE FUNCTION "refuse_row"('The link of this row cannot change.');
CREATE TRIGGER "trajectory_milestones_trajectory_stays" BEFORE UPDATE OF "trajectory_id" ON "trajectory_milestones" FOR EACH ROW WHEN (OLD."trajectory_id" IS DISTINCT FROM NEW."trajectory_id")
    EXECUTE FUNCTION "refuse_row"('The trajectory of this row cannot change.');
CREATE TRIGGER "replaced_pictures_trajectory_stays" BEFORE UPDATE OF "trajectory_id" ON "replaced_pictures" FOR EACH ROW WHEN (OLD."trajectory_id" IS DISTINCT FROM NEW."trajectory_id")
    EXECUTE FUNCTION "refuse_row"('The trajectory of this row cannot change.');
