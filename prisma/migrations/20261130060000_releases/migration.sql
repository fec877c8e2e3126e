-- Releases of studies: immutable archives, stored in parts.
CREATE TABLE "releases" (
    "id" TEXT PRIMARY KEY,
    "study_id" TEXT NOT NULL REFERENCES "studies"("id") ON DELETE CASCADE,
    "created_by_id" TEXT NOT NULL REFERENCES "users"("id"),
    "number" INTEGER NOT NULL,
    "version" TEXT NOT NULL,
    "description" JSONB NOT NULL,
    "idempotency_key" TEXT,
    "state" "WorkState" NOT NULL DEFAULT 'QUEUED',
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER,
    "failure" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "claim_token" TEXT,
    "heartbeat_at" TIMESTAMPTZ(3),
    "sha256" TEXT,
    "byte_length" BIGINT,
    "counts" JSONB,
    "study_state" "StudyState",
    "last_voter_number" INTEGER,
    "withdrawn_voters" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    -- A finished release has everything that identifies it.
    CONSTRAINT "releases_content_check" CHECK (("state" = 'SUCCEEDED') = ("sha256" IS NOT NULL AND "byte_length" IS NOT NULL
      AND "counts" IS NOT NULL AND "study_state" IS NOT NULL AND "last_voter_number" IS NOT NULL AND "withdrawn_voters" IS NOT NULL
      AND "ended_at" IS NOT NULL))
);
CREATE UNIQUE INDEX "releases_study_id_number_key" ON "releases"("study_id", "number");
CREATE UNIQUE INDEX "releases_study_id_idempotency_key_key" ON "releases"("study_id", "idempotency_key");
-- Versions of releases that failed or were cancelled can be used again; one release of a study is made at a time.
CREATE UNIQUE INDEX "releases_study_id_version_key" ON "releases"("study_id", "version") WHERE "state" IN ('QUEUED', 'RUNNING', 'SUCCEEDED');
CREATE UNIQUE INDEX "releases_study_id_active_key" ON "releases"("study_id") WHERE "state" IN ('QUEUED', 'RUNNING');
CREATE INDEX "releases_state_created_at_idx" ON "releases"("state", "created_at");

-- The parts of a release's archive, in order: objects files/<sha256>.
CREATE TABLE "release_parts" (
    "release_id" TEXT NOT NULL REFERENCES "releases"("id") ON DELETE CASCADE,
    "index" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "byte_length" INTEGER NOT NULL,
    PRIMARY KEY ("release_id", "index")
);
CREATE INDEX "release_parts_sha256_idx" ON "release_parts"("sha256");

-- Nothing changes a finished release. It is deleted only with its study, by the foreign key: then the trigger runs inside another one.
CREATE FUNCTION keep_release() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND pg_trigger_depth() > 1 THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'Release % of a study is immutable.', OLD."version" USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER releases_immutable BEFORE UPDATE OR DELETE ON "releases" FOR EACH ROW
  WHEN (OLD."state" = 'SUCCEEDED') EXECUTE FUNCTION keep_release();

CREATE FUNCTION keep_release_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND pg_trigger_depth() > 1 THEN RETURN OLD; END IF;
  IF TG_OP = 'INSERT' AND NOT EXISTS (SELECT FROM "releases" r WHERE r."id" = NEW."release_id" AND r."state" = 'SUCCEEDED') THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'The parts of a release are immutable.' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER release_parts_immutable BEFORE INSERT OR UPDATE OR DELETE ON "release_parts" FOR EACH ROW
  EXECUTE FUNCTION keep_release_part();

CREATE FUNCTION refuse_release_truncation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Releases are immutable.' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER releases_not_truncated BEFORE TRUNCATE ON "releases" FOR EACH STATEMENT EXECUTE FUNCTION refuse_release_truncation();
CREATE TRIGGER release_parts_not_truncated BEFORE TRUNCATE ON "release_parts" FOR EACH STATEMENT EXECUTE FUNCTION refuse_release_truncation();
