-- Counted images that a researcher has assigned to members, who see them before others when they join.
CREATE TABLE "study_assignments" (
    "study_id" TEXT NOT NULL REFERENCES "studies"("id") ON DELETE CASCADE,
    "user_id" TEXT NOT NULL REFERENCES "users"("id") ON DELETE CASCADE,
    "role" "StudyImageRole" NOT NULL DEFAULT 'COUNTED',
    "image_index" INTEGER NOT NULL,
    "assigned_by_id" TEXT REFERENCES "users"("id") ON DELETE SET NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY ("study_id", "user_id", "image_index"),
    FOREIGN KEY ("study_id", "role", "image_index") REFERENCES "study_images"("study_id", "role", "index") ON DELETE CASCADE,
    CONSTRAINT "study_assignments_role_check" CHECK ("role" = 'COUNTED')
);
CREATE INDEX "study_assignments_user_id_idx" ON "study_assignments"("user_id");
CREATE INDEX "study_assignments_assigned_by_id_idx" ON "study_assignments"("assigned_by_id");
CREATE INDEX "study_assignments_study_id_role_image_index_idx" ON "study_assignments"("study_id", "role", "image_index");
