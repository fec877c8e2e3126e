-- A chain belongs to the workspace of its run. Correct any row that says otherwise, then let the database enforce it.
UPDATE "chains" SET "workspace_id" = "runs"."workspace_id"
  FROM "runs" WHERE "runs"."id" = "chains"."run_id" AND "runs"."workspace_id" <> "chains"."workspace_id";
ALTER TABLE "chains" ADD CONSTRAINT "chains_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;
