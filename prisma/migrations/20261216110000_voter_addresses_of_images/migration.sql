-- The address of an image is another one for each voter and each norming room: their key, and the image encrypted with it and the study's secret.
ALTER TABLE "studies" ADD COLUMN "image_secret" TEXT NOT NULL DEFAULT replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');
ALTER TABLE "study_voters" ADD COLUMN "image_key" TEXT DEFAULT replace(gen_random_uuid()::text, '-', '');
UPDATE "study_voters" SET "image_key" = NULL WHERE "withdrawn_at" IS NOT NULL;
CREATE UNIQUE INDEX "study_voters_image_key_key" ON "study_voters"("image_key");
ALTER TABLE "norming_rooms" ADD COLUMN "image_key" TEXT NOT NULL DEFAULT replace(gen_random_uuid()::text, '-', '');
CREATE UNIQUE INDEX "norming_rooms_image_key_key" ON "norming_rooms"("image_key");
ALTER TABLE "study_images" DROP COLUMN "token";
