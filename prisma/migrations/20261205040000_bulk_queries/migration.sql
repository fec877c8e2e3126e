-- Bulk queries: GraphQL queries of one list, answered without page limits by a process of the API, page by page, and written as a file by a
-- worker. The file is deleted some days later.
ALTER TABLE "workspaces" ADD COLUMN "last_bulk_query_number" INTEGER NOT NULL DEFAULT 0;

CREATE TABLE "bulk_queries" (
    "id" TEXT PRIMARY KEY,
    "workspace_id" TEXT NOT NULL REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "created_by_id" TEXT NOT NULL REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    -- The API key that started it, which must stay valid while it is answered; null for a session.
    "key_id" TEXT,
    "key_scopes" TEXT[],
    "number" INTEGER NOT NULL,
    "idempotency_key" TEXT,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "variables" JSONB NOT NULL,
    "format" TEXT NOT NULL,
    "columns" JSONB NOT NULL,
    "state" "WorkState" NOT NULL DEFAULT 'QUEUED',
    "rows" BIGINT NOT NULL DEFAULT 0,
    -- The cursor after the last page whose rows are stored; null before the first.
    "cursor" TEXT,
    "answered_at" TIMESTAMPTZ(3),
    "failure" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "claim_token" TEXT,
    "heartbeat_at" TIMESTAMPTZ(3),
    -- Signs the addresses of its file.
    "download_key" TEXT NOT NULL,
    "sha256" TEXT,
    "byte_length" BIGINT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    CONSTRAINT "bulk_queries_format_check" CHECK ("format" IN ('csv', 'jsonl', 'parquet')),
    CONSTRAINT "bulk_queries_key_check" CHECK (("key_id" IS NULL) = ("key_scopes" IS NULL)),
    CONSTRAINT "bulk_queries_failure_check" CHECK (("state" = 'FAILED') = ("failure" IS NOT NULL)),
    CONSTRAINT "bulk_queries_file_check" CHECK (("state" = 'SUCCEEDED') = ("sha256" IS NOT NULL AND "byte_length" IS NOT NULL
      AND "answered_at" IS NOT NULL AND "ended_at" IS NOT NULL AND "expires_at" IS NOT NULL))
);
CREATE UNIQUE INDEX "bulk_queries_workspace_id_number_key" ON "bulk_queries"("workspace_id", "number");
CREATE UNIQUE INDEX "bulk_queries_idempotency_key_key" ON "bulk_queries"("workspace_id", "created_by_id", "idempotency_key");
CREATE INDEX "bulk_queries_list_idx" ON "bulk_queries"("workspace_id", "created_by_id", "created_at", "id");
CREATE INDEX "bulk_queries_created_by_id_idx" ON "bulk_queries"("created_by_id");
CREATE INDEX "bulk_queries_active_idx" ON "bulk_queries"("state", "created_at");

-- The rows so far, as JSON lines: objects files/<sha256>, in order. They are removed once the file is written.
CREATE TABLE "bulk_query_chunks" (
    "bulk_query_id" TEXT NOT NULL REFERENCES "bulk_queries"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "index" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "byte_length" INTEGER NOT NULL,
    PRIMARY KEY ("bulk_query_id", "index")
);
CREATE INDEX "bulk_query_chunks_sha256_idx" ON "bulk_query_chunks"("sha256");

-- The parts of the file, in order: objects files/<sha256>.
CREATE TABLE "bulk_query_parts" (
    "bulk_query_id" TEXT NOT NULL REFERENCES "bulk_queries"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    "index" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "byte_length" INTEGER NOT NULL,
    PRIMARY KEY ("bulk_query_id", "index")
);
CREATE INDEX "bulk_query_parts_sha256_idx" ON "bulk_query_parts"("sha256");

-- Announces bulk queries on the channel of the workspace's changes, each with the member who started it and alone may see it.
CREATE FUNCTION announce_bulk_queries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Postgres limits a payload to 8,000 bytes.
  PERFORM pg_notify('pareidolia_changes', CASE WHEN count(*) > 50 THEN workspace_id
    ELSE workspace_id || ' ' || jsonb_build_object('bulkQueries',
      jsonb_agg(jsonb_build_object('id', id, 'ownerId', created_by_id) ORDER BY id))::text END)
  FROM changed GROUP BY workspace_id;
  RETURN NULL;
END $$;
CREATE TRIGGER bulk_queries_announce_created AFTER INSERT ON "bulk_queries" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION announce_bulk_queries();
CREATE TRIGGER bulk_queries_announce_deleted AFTER DELETE ON "bulk_queries" REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION announce_bulk_queries();

-- A heartbeat alone changes nothing that a page shows.
CREATE FUNCTION announce_updated_bulk_queries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('pareidolia_changes', changed.workspace_id || ' ' || jsonb_build_object('bulkQueries',
    jsonb_build_array(jsonb_build_object('id', changed.id, 'ownerId', changed.created_by_id)))::text)
  FROM changed JOIN before ON before.id = changed.id
  WHERE (changed.state, changed.rows, changed.answered_at) IS DISTINCT FROM (before.state, before.rows, before.answered_at);
  RETURN NULL;
END $$;
CREATE TRIGGER bulk_queries_announce_updated AFTER UPDATE ON "bulk_queries" REFERENCING OLD TABLE AS before NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION announce_updated_bulk_queries();
