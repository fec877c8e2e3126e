-- Which members have a page of a run, experiment or sweep open. Unlogged: after a crash, every page reports itself again.
CREATE UNLOGGED TABLE "presences" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "entered_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "presences_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "presences_subject_id_idx" ON "presences"("subject_id");
CREATE INDEX "presences_seen_at_idx" ON "presences"("seen_at");
