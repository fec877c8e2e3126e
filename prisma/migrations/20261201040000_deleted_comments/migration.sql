-- A deleted comment is hidden at once and can be restored for an hour.
ALTER TABLE "comments"
  ADD COLUMN "deleted_at" TIMESTAMPTZ(3),
  ADD COLUMN "deleted_by_id" TEXT REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE INDEX "comments_deleted_at_idx" ON "comments"("deleted_at");
-- The runs and experiments of one workspace that a member has pinned.
CREATE INDEX "pins_workspace_id_user_id_idx" ON "pins"("workspace_id", "user_id");
