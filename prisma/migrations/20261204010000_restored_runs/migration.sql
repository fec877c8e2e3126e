-- Runs that an import has restored from an export of this product, and the images that a preview of an import shows.
ALTER TABLE "runs" ADD COLUMN "origin" JSONB,
    ADD CONSTRAINT "runs_origin_of_imports" CHECK ("origin" IS NULL OR COALESCE(
        jsonb_typeof("origin"->'workspace') = 'string' AND jsonb_typeof("origin"->'key') = 'string', false));
ALTER TABLE "comments" ADD COLUMN "source_author" TEXT;
ALTER TABLE "imports" ADD COLUMN "thumbnails" JSONB NOT NULL DEFAULT '[]';

-- Members need no notification of what was written elsewhere.
DROP TRIGGER "comments_notify" ON "comments";
CREATE CONSTRAINT TRIGGER "comments_notify" AFTER INSERT ON "comments" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.deleted_at IS NULL AND NEW.source_author IS NULL)
    EXECUTE FUNCTION notify_of_comment();
