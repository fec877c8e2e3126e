-- When an owner deleted a workspace. It can be restored for 14 days; then a sweep deletes its rows.
ALTER TABLE "workspaces" ADD COLUMN "deleted_at" TIMESTAMPTZ(3);
CREATE INDEX "workspaces_deleted_at_idx" ON "workspaces"("deleted_at");

-- For the names of users who have left, but created runs or experiments that stay.
CREATE INDEX "experiments_workspace_id_created_by_id_idx" ON "experiments"("workspace_id", "created_by_id");
CREATE INDEX "runs_workspace_id_created_by_id_idx" ON "runs"("workspace_id", "created_by_id");
