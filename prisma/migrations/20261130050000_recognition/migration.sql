-- What people say about an image, over all studies of a workspace that asked about it with the same label, for lists in that order.
CREATE TABLE "recognition" (
    "workspace_id" TEXT NOT NULL REFERENCES "workspaces"("id") ON DELETE CASCADE,
    "image_sha256" TEXT NOT NULL REFERENCES "images"("sha256") ON DELETE CASCADE,
    "label_space" TEXT NOT NULL,
    "label" INTEGER NOT NULL,
    -- Opened studies that show it as a counted image.
    "studies" INTEGER NOT NULL,
    "votes" INTEGER NOT NULL DEFAULT 0,
    "agreeing" INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY ("image_sha256", "workspace_id", "label_space", "label"),
    CONSTRAINT "recognition_tally_check" CHECK ("agreeing" BETWEEN 0 AND "votes")
);
CREATE INDEX "recognition_share_idx" ON "recognition"
    ("workspace_id", ("agreeing"::double precision / nullif("votes", 0)), "image_sha256") WHERE "votes" > 0;
CREATE INDEX "recognition_workspace_id_votes_image_sha256_idx" ON "recognition"("workspace_id", "votes", "image_sha256");

-- The part of a study in those figures, and the label's label space, which outlives the network.
ALTER TABLE "study_images" ADD COLUMN "label_space" TEXT;
ALTER TABLE "study_images" ADD COLUMN "recognition_votes" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "study_images" ADD COLUMN "recognition_agreeing" INTEGER NOT NULL DEFAULT 0;

UPDATE "study_images" i SET "label_space" = m."label_space" FROM "models" m, "studies" s
    WHERE m."id" = i."model_id" AND s."id" = i."study_id" AND s."plan_text" IS NOT NULL AND i."role" = 'COUNTED';
INSERT INTO "recognition" ("workspace_id", "image_sha256", "label_space", "label", "studies")
    SELECT s."workspace_id", i."image_sha256", i."label_space", i."label", count(DISTINCT s."id")
    FROM "study_images" i JOIN "studies" s ON s."id" = i."study_id" WHERE i."label_space" IS NOT NULL GROUP BY 1, 2, 3, 4;
-- Results are computed again, and their figures stored there.
UPDATE "study_results" SET "vote_count" = -1;
