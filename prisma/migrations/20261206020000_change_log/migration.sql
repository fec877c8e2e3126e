-- Logs what changes in each workspace, so that a client which reconnects learns what it has missed. The functions that announce changes write
-- the log, in the transaction that makes the change: one row for each transaction and workspace, however many statements it has.
--
-- A log without gaps cannot number its rows as they are written, since transactions commit in another order. Clients get the number of a
-- transaction before which all others have ended (the xmin of a snapshot), and later read all rows from that transaction on.
CREATE TABLE "workspace_changes" (
    -- No foreign key: a deleted workspace's last changes are rows, too.
    "workspace_id" TEXT NOT NULL,
    "transaction_id" BIGINT NOT NULL,
    -- IDs by kind; null if anything in the workspace may have changed.
    "changed" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workspace_changes_pkey" PRIMARY KEY ("workspace_id", "transaction_id")
);
CREATE INDEX "workspace_changes_created_at_idx" ON "workspace_changes"("created_at");

-- One row. The log is complete from this transaction on: a deletion of rows raises it in its own transaction.
CREATE TABLE "workspace_changes_floor" (
    "id" BOOLEAN NOT NULL DEFAULT true,
    "transaction_id" BIGINT NOT NULL,

    CONSTRAINT "workspace_changes_floor_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "workspace_changes_floor_single" CHECK ("id")
);
INSERT INTO "workspace_changes_floor" ("transaction_id") VALUES (pg_current_xact_id()::text::bigint);

CREATE FUNCTION raise_changes_floor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE workspace_changes_floor SET transaction_id = greatest(transaction_id, (SELECT max(gone.transaction_id) + 1 FROM gone));
  RETURN NULL;
END $$;
CREATE TRIGGER workspace_changes_raise_floor AFTER DELETE ON "workspace_changes" REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION raise_changes_floor();

-- `added` has arrays by kind; null means that anything may have changed. The announcement has only the workspace: its followers read the log.
CREATE FUNCTION announce_change(workspace TEXT, added JSONB) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  -- Bytes of about 150 IDs.
  longest CONSTANT INTEGER := 7000;
  own CONSTANT BIGINT := pg_current_xact_id()::text::bigint;
  named JSONB;
  logged workspace_changes%ROWTYPE;
BEGIN
  IF added IS NOT NULL THEN
    SELECT jsonb_object_agg(key, value) INTO named FROM jsonb_each(added) WHERE value <> '[]';
    IF named IS NULL THEN
      RETURN;
    END IF;
  END IF;
  SELECT * INTO logged FROM workspace_changes c WHERE c.workspace_id = workspace AND c.transaction_id = own;
  IF FOUND THEN
    IF logged.changed IS NULL OR logged.changed @> named THEN
      RETURN;
    END IF;
    IF named IS NOT NULL THEN
      SELECT jsonb_object_agg(kind, entries) INTO named FROM (
        SELECT kind, jsonb_agg(DISTINCT entry) AS entries
        FROM (SELECT * FROM jsonb_each(logged.changed) UNION ALL SELECT * FROM jsonb_each(named)) AS both_sets(kind, all_entries),
          jsonb_array_elements(all_entries) AS entry
        GROUP BY kind) merged;
    END IF;
  END IF;
  INSERT INTO workspace_changes (workspace_id, transaction_id, changed)
    VALUES (workspace, own, CASE WHEN octet_length(named::text) <= longest THEN named END)
    ON CONFLICT (workspace_id, transaction_id) DO UPDATE SET changed = excluded.changed;
  PERFORM pg_notify('pareidolia_changes', workspace);
END $$;

CREATE OR REPLACE FUNCTION announce_changes(workspace TEXT, runs TEXT[], experiments TEXT[], sweeps TEXT[]) RETURNS void LANGUAGE sql AS $$
  SELECT announce_change(workspace, jsonb_build_object('runIds', runs, 'experimentIds', experiments, 'sweepIds', sweeps));
$$;

CREATE OR REPLACE FUNCTION announce_webhooks_of(workspace TEXT, webhooks JSONB) RETURNS void LANGUAGE sql AS $$
  SELECT announce_change(workspace, jsonb_build_object('webhooks', webhooks));
$$;

CREATE OR REPLACE FUNCTION "announce_saved_comparisons"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce_change(workspace_id, jsonb_build_object('savedComparisonIds', jsonb_agg(id))) FROM changed GROUP BY workspace_id;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION announce_bulk_queries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce_change(workspace_id, jsonb_build_object('bulkQueries',
    jsonb_agg(jsonb_build_object('id', id, 'ownerId', created_by_id) ORDER BY id)))
  FROM changed GROUP BY workspace_id;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION announce_updated_bulk_queries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce_change(changed.workspace_id, jsonb_build_object('bulkQueries',
    jsonb_agg(jsonb_build_object('id', changed.id, 'ownerId', changed.created_by_id) ORDER BY changed.id)))
  FROM changed JOIN before ON before.id = changed.id
  WHERE (changed.state, changed.rows, changed.answered_at) IS DISTINCT FROM (before.state, before.rows, before.answered_at)
  GROUP BY changed.workspace_id;
  RETURN NULL;
END $$;
