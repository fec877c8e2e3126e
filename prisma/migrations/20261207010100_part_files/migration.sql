-- The parts of an upload are posted files of their own, apart from the objects, so that they are deleted as soon as the upload is finished
-- or a part is replaced: an object stays for a day, since others may be about to name it. Parts that have arrived so far are sent again.
DELETE FROM "upload_parts";
ALTER TABLE "upload_parts" ADD COLUMN "file_id" TEXT NOT NULL;
CREATE UNIQUE INDEX "upload_parts_file_id_key" ON "upload_parts"("file_id");
DROP INDEX "upload_parts_sha256_idx";
