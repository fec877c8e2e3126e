-- The gallery lists trajectories and perturbations of all runs, by confidence or by time.
CREATE INDEX "trajectories_stored_confidence_id_idx" ON "trajectories"("stored_confidence", "id");
CREATE INDEX "trajectories_created_at_id_idx" ON "trajectories"("created_at", "id");
CREATE INDEX "perturbations_stored_confidence_id_idx" ON "perturbations"("stored_confidence", "id");
CREATE INDEX "perturbations_created_at_id_idx" ON "perturbations"("created_at", "id");
