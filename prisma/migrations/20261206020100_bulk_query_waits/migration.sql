-- Before then, no process continues a queued bulk query: its sender has used too much of the cost limit.
ALTER TABLE "bulk_queries" ADD COLUMN "waits_until" TIMESTAMPTZ(3);
