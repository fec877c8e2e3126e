-- The last result of each kind of sweep.
CREATE TABLE "sweeps" (
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "grace_seconds" INTEGER NOT NULL,
    "swept_at" TIMESTAMPTZ(3) NOT NULL,
    "failure" TEXT,
    "removed_count" INTEGER NOT NULL DEFAULT 0,
    "removed_bytes" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "removed_at" TIMESTAMPTZ(3),
    "waiting_count" INTEGER NOT NULL DEFAULT 0,
    "waiting_bytes" DOUBLE PRECISION NOT NULL DEFAULT 0,

    CONSTRAINT "sweeps_pkey" PRIMARY KEY ("kind")
);
