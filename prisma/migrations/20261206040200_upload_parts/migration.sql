-- A large file arrives in parts, so that an interrupted upload continues with the next one. Each part is an object of the store under the
-- hash of its bytes; the rows go when the upload is finished or deleted.
CREATE TABLE "upload_parts" (
  "upload_id" TEXT NOT NULL,
  "index" INTEGER NOT NULL CHECK ("index" >= 0),
  "sha256" TEXT NOT NULL,
  CONSTRAINT "upload_parts_pkey" PRIMARY KEY ("upload_id", "index")
);
ALTER TABLE "upload_parts" ADD CONSTRAINT "upload_parts_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "uploads"("id")
  ON DELETE CASCADE ON UPDATE CASCADE;
CREATE INDEX "upload_parts_sha256_idx" ON "upload_parts"("sha256");
