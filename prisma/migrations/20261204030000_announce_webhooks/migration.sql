-- Announces webhooks and their deliveries on the channel of the workspace's changes, with the owner of each, so that a process of the API
-- tells only members who may see the webhook.
CREATE FUNCTION announce_webhooks_of(workspace TEXT, webhooks JSONB) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  -- Postgres limits a payload to 8,000 bytes.
  IF jsonb_array_length(webhooks) > 50 THEN
    PERFORM pg_notify('pareidolia_changes', workspace);
  ELSE
    PERFORM pg_notify('pareidolia_changes', workspace || ' ' || jsonb_build_object('webhooks', webhooks)::text);
  END IF;
END $$;

CREATE FUNCTION announce_webhooks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce_webhooks_of(workspace_id, jsonb_agg(jsonb_build_object('id', id, 'ownerId', owner_id) ORDER BY id))
  FROM changed GROUP BY workspace_id;
  RETURN NULL;
END $$;
CREATE TRIGGER webhooks_announce_created AFTER INSERT ON "webhooks" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION announce_webhooks();
CREATE TRIGGER webhooks_announce_updated AFTER UPDATE ON "webhooks" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION announce_webhooks();
CREATE TRIGGER webhooks_announce_deleted AFTER DELETE ON "webhooks" REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION announce_webhooks();

CREATE FUNCTION announce_deliveries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM announce_webhooks_of(h.workspace_id, jsonb_agg(jsonb_build_object('id', h.id, 'ownerId', h.owner_id) ORDER BY h.id))
  FROM webhooks h WHERE h.id IN (SELECT webhook_id FROM changed) GROUP BY h.workspace_id;
  RETURN NULL;
END $$;
CREATE TRIGGER webhook_deliveries_announce_created AFTER INSERT ON "webhook_deliveries" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION announce_deliveries();
CREATE TRIGGER webhook_deliveries_announce_updated AFTER UPDATE ON "webhook_deliveries" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION announce_deliveries();
CREATE TRIGGER webhook_deliveries_announce_deleted AFTER DELETE ON "webhook_deliveries" REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION announce_deliveries();
