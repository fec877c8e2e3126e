-- One list of the images of all kinds of runs. Where few images match a class, it starts at them; of a network and a method, it reads the
-- newest elites in order.
CREATE INDEX "elites_current_of_method" ON "elites" ("workspace_id", "model_id", "method", "created_at", "id") WHERE "replaced_at" IS NULL;
CREATE INDEX "trajectories_workspace_id_model_id_class_idx" ON "trajectories"("workspace_id", "model_id", "class");
CREATE INDEX "perturbations_workspace_id_model_id_stored_class_idx" ON "perturbations"("workspace_id", "model_id", "stored_class");
