-- Notifies API processes, when the transaction commits, of each change that can end a user's access. The payload is "user <id>", or
-- "workspace <id>" for a change of what its members may do. Triggers also cover cascades and statements of better-auth.
CREATE FUNCTION notify_access_of_user() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('pareidolia_access', 'user ' || OLD."user_id");
  RETURN NULL;
END $$;
CREATE FUNCTION notify_access_to_workspace() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('pareidolia_access', 'workspace ' || OLD."id");
  RETURN NULL;
END $$;

CREATE TRIGGER memberships_notify_change AFTER UPDATE OF "role", "suspended_at" ON "memberships" FOR EACH ROW
  WHEN (OLD."role" IS DISTINCT FROM NEW."role" OR OLD."suspended_at" IS DISTINCT FROM NEW."suspended_at")
  EXECUTE FUNCTION notify_access_of_user();
CREATE TRIGGER memberships_notify_removal AFTER DELETE ON "memberships" FOR EACH ROW EXECUTE FUNCTION notify_access_of_user();
CREATE TRIGGER api_keys_notify_change AFTER UPDATE OF "revoked_at", "expires_at", "scopes" ON "api_keys" FOR EACH ROW
  WHEN (OLD."revoked_at" IS DISTINCT FROM NEW."revoked_at" OR OLD."expires_at" IS DISTINCT FROM NEW."expires_at"
    OR OLD."scopes" IS DISTINCT FROM NEW."scopes")
  EXECUTE FUNCTION notify_access_of_user();
CREATE TRIGGER api_keys_notify_removal AFTER DELETE ON "api_keys" FOR EACH ROW EXECUTE FUNCTION notify_access_of_user();
CREATE TRIGGER sessions_notify_change AFTER UPDATE OF "active_workspace_id" ON "sessions" FOR EACH ROW
  WHEN (OLD."active_workspace_id" IS DISTINCT FROM NEW."active_workspace_id")
  EXECUTE FUNCTION notify_access_of_user();
CREATE TRIGGER sessions_notify_removal AFTER DELETE ON "sessions" FOR EACH ROW EXECUTE FUNCTION notify_access_of_user();
CREATE TRIGGER workspaces_notify_change AFTER UPDATE OF "member_keys" ON "workspaces" FOR EACH ROW
  WHEN (OLD."member_keys" IS DISTINCT FROM NEW."member_keys")
  EXECUTE FUNCTION notify_access_to_workspace();
