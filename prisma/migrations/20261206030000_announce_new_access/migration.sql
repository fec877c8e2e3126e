-- Also notifies API processes of changes that give access, and of sessions that end sooner: they remember for a second whom a request came from.
CREATE FUNCTION notify_access_of_new_user() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('pareidolia_access', 'user ' || NEW."user_id");
  RETURN NULL;
END $$;

CREATE TRIGGER memberships_notify_addition AFTER INSERT ON "memberships" FOR EACH ROW EXECUTE FUNCTION notify_access_of_new_user();
CREATE TRIGGER sessions_notify_expiry AFTER UPDATE OF "expires_at" ON "sessions" FOR EACH ROW
  WHEN (NEW."expires_at" < OLD."expires_at")
  EXECUTE FUNCTION notify_access_of_user();
CREATE TRIGGER workspaces_notify_deletion AFTER UPDATE OF "deleted_at" ON "workspaces" FOR EACH ROW
  WHEN (OLD."deleted_at" IS DISTINCT FROM NEW."deleted_at")
  EXECUTE FUNCTION notify_access_to_workspace();
