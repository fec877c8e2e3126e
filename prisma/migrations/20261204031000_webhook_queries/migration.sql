-- A webhook may have a query of its own, whose answer its messages contain. A process of the API answers it, with the rights of the member who
-- wrote it, before the first attempt.
ALTER TABLE "webhooks" ADD COLUMN "query" TEXT,
  ADD COLUMN "query_by_id" TEXT REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE INDEX "webhooks_query_by_id_idx" ON "webhooks"("query_by_id");
ALTER TABLE "webhook_deliveries" ADD COLUMN "answer" TEXT;
