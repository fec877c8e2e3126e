-- Saved searches with their columns, grouping and order, and the view with which a list opens for a member.
CREATE TYPE "ViewList" AS ENUM ('RUNS', 'EXPERIMENTS');

ALTER TABLE "workspaces" ADD COLUMN "last_view_number" INTEGER NOT NULL DEFAULT 0;

CREATE TABLE "views" (
  "id" TEXT PRIMARY KEY,
  "workspace_id" TEXT NOT NULL REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "created_by_id" TEXT NOT NULL REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  "number" INTEGER NOT NULL,
  "list" "ViewList" NOT NULL,
  "name" TEXT NOT NULL,
  "search" TEXT NOT NULL,
  "columns" TEXT[] NOT NULL,
  "group_by" TEXT[] NOT NULL,
  "sort" TEXT NOT NULL,
  "shared" BOOLEAN NOT NULL,
  "idempotency_key" TEXT,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "deleted_at" TIMESTAMPTZ(3)
);
CREATE UNIQUE INDEX "views_workspace_id_number_key" ON "views"("workspace_id", "number");
CREATE UNIQUE INDEX "views_workspace_id_idempotency_key_key" ON "views"("workspace_id", "idempotency_key");
CREATE INDEX "views_workspace_id_list_name_id_idx" ON "views"("workspace_id", "list", "name", "id");
CREATE INDEX "views_created_by_id_idx" ON "views"("created_by_id");
CREATE INDEX "views_deleted_at_idx" ON "views"("deleted_at");

CREATE TABLE "default_views" (
  "workspace_id" TEXT NOT NULL REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "user_id" TEXT NOT NULL REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  "list" "ViewList" NOT NULL,
  "view_id" TEXT NOT NULL REFERENCES "views"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  PRIMARY KEY ("workspace_id", "user_id", "list")
);
CREATE INDEX "default_views_user_id_idx" ON "default_views"("user_id");
CREATE INDEX "default_views_view_id_idx" ON "default_views"("view_id");
