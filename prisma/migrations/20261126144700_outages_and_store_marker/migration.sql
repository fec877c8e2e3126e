-- A run that an outage of the object store or the database paused, and that continues by itself.
ALTER TABLE "runs" ADD COLUMN "outage" TEXT,
ADD COLUMN "outage_since" TIMESTAMPTZ(3),
ADD COLUMN "outage_retry_at" TIMESTAMPTZ(3);

ALTER TABLE "runs" ADD CONSTRAINT "runs_outage_while_paused" CHECK ("outage" IS NULL OR ("state" = 'PAUSED' AND "outage_retry_at" IS NOT NULL));

-- A worker with another object store wrote images that the API could not find.
CREATE TABLE "store_markers" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "marker" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "store_markers_pkey" PRIMARY KEY ("id")
);

ALTER TABLE "store_markers" ADD CONSTRAINT "store_markers_one_row" CHECK ("id" = 1);
