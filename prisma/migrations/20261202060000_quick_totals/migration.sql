-- Totals of large workspaces without reading their rows. \073 is the semicolon of a function's body (see the invariants).

-- 1. The runs over which a list's total is a sum, read from this index alone.
CREATE INDEX "runs_live_idx" ON "runs" ("workspace_id", "model_id", "method", "experiment_id", "id") WHERE "trashed_at" IS NULL;

-- 2. How many images each owner has: the sum over the slots. A writer adds to the slot of its connection, so that writers of one workspace
-- seldom wait for one another.
CREATE TABLE "workspace_image_totals" (
    "owner" TEXT NOT NULL,
    "slot" INTEGER NOT NULL,
    "images" INTEGER NOT NULL,

    CONSTRAINT "workspace_image_totals_pkey" PRIMARY KEY ("owner", "slot")
);
INSERT INTO "workspace_image_totals" ("owner", "slot", "images") SELECT "owner", 0, count(*) FROM "workspace_images" GROUP BY "owner";

CREATE FUNCTION "count_images"() RETURNS trigger LANGUAGE plpgsql AS
E'BEGIN
    IF TG_OP = ''INSERT'' THEN
        INSERT INTO workspace_image_totals AS t (owner, slot, images)
            SELECT owner, pg_backend_pid() % 16, count(*) FROM added GROUP BY owner ORDER BY owner
            ON CONFLICT (owner, slot) DO UPDATE SET images = t.images + excluded.images\073
    ELSE
        INSERT INTO workspace_image_totals AS t (owner, slot, images)
            SELECT owner, pg_backend_pid() % 16, -count(*) FROM gone GROUP BY owner ORDER BY owner
            ON CONFLICT (owner, slot) DO UPDATE SET images = t.images + excluded.images\073
    END IF\073
    RETURN NULL\073
END';
CREATE TRIGGER "workspace_images_count_added" AFTER INSERT ON "workspace_images" REFERENCING NEW TABLE AS "added"
    FOR EACH STATEMENT EXECUTE FUNCTION "count_images"();
CREATE TRIGGER "workspace_images_count_gone" AFTER DELETE ON "workspace_images" REFERENCING OLD TABLE AS "gone"
    FOR EACH STATEMENT EXECUTE FUNCTION "count_images"();
