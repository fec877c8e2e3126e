-- The costs of recent operations by user, API key or address. Unlogged: after a crash, every bucket is empty.
CREATE UNLOGGED TABLE "cost_buckets" (
    "key" TEXT NOT NULL,
    "level" DOUBLE PRECISION NOT NULL,
    "accepted" BOOLEAN NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "cost_buckets_pkey" PRIMARY KEY ("key")
);
CREATE INDEX "cost_buckets_updated_at_idx" ON "cost_buckets"("updated_at");
