-- An upload is requested first, which reserves its size, and finished once its file has arrived and was checked.
CREATE TYPE "UploadKind" AS ENUM ('MODEL', 'PHOTO');

ALTER TABLE "uploads" ADD COLUMN "kind" "UploadKind" NOT NULL DEFAULT 'MODEL';
ALTER TABLE "uploads" ADD COLUMN "file_name" TEXT NOT NULL DEFAULT '';
ALTER TABLE "uploads" ADD COLUMN "form_expires_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE "uploads" ADD COLUMN "deleted_at" TIMESTAMPTZ(3);
ALTER TABLE "uploads" ALTER COLUMN "kind" DROP DEFAULT;
ALTER TABLE "uploads" ALTER COLUMN "file_name" DROP DEFAULT;
ALTER TABLE "uploads" ALTER COLUMN "form_expires_at" DROP DEFAULT;
-- Null until the file has arrived and was checked.
ALTER TABLE "uploads" ALTER COLUMN "sha256" DROP NOT NULL;
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_claimed_once_finished" CHECK ("claimed_at" IS NULL OR "sha256" IS NOT NULL);

-- The storage quota of a workspace, in bytes. Null for the operator's default.
ALTER TABLE "workspaces" ADD COLUMN "storage_quota" BIGINT;
ALTER TABLE "workspaces" ADD CONSTRAINT "workspaces_storage_quota_positive" CHECK ("storage_quota" >= 0);
