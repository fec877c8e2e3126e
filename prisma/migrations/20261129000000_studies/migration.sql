-- Studies of what people see, the images that they show, their voters and votes.
CREATE TYPE "StudyState" AS ENUM ('DRAFT', 'OPEN', 'PAUSED', 'CLOSED', 'ARCHIVED');
CREATE TYPE "StudyAccess" AS ENUM ('MEMBERS', 'LINK');
CREATE TYPE "StudyImageRole" AS ENUM ('COUNTED', 'GOLD', 'NOISE', 'CANARY', 'EXEMPLAR');

ALTER TABLE "workspaces" ADD COLUMN "last_study_number" INTEGER NOT NULL DEFAULT 0;

CREATE TABLE "studies" (
    "id" TEXT PRIMARY KEY,
    "workspace_id" TEXT NOT NULL REFERENCES "workspaces"("id") ON DELETE CASCADE,
    "created_by_id" TEXT NOT NULL REFERENCES "users"("id"),
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "state" "StudyState" NOT NULL DEFAULT 'DRAFT',
    "access" "StudyAccess" NOT NULL DEFAULT 'MEMBERS',
    "link_token" TEXT,
    "draft" JSONB NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "seed" INTEGER NOT NULL,
    "plan_text" TEXT,
    "plan_hash" TEXT,
    "forked_from_id" TEXT REFERENCES "studies"("id") ON DELETE SET NULL,
    "last_voter_number" INTEGER NOT NULL DEFAULT -1,
    "vote_count" INTEGER NOT NULL DEFAULT 0,
    "last_vote_at" TIMESTAMPTZ(3),
    "opened_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "idempotency_key" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    -- A plan is locked when a study opens and stays as it is.
    CONSTRAINT "studies_plan_check" CHECK (("state" = 'DRAFT') = ("plan_text" IS NULL) AND ("plan_text" IS NULL) = ("plan_hash" IS NULL)),
    CONSTRAINT "studies_opened_at_check" CHECK (("state" = 'DRAFT') = ("opened_at" IS NULL)),
    CONSTRAINT "studies_link_token_check" CHECK ("link_token" IS NULL OR "access" = 'LINK'),
    CONSTRAINT "studies_vote_count_check" CHECK ("vote_count" >= 0)
);
CREATE UNIQUE INDEX "studies_workspace_id_number_key" ON "studies"("workspace_id", "number");
CREATE UNIQUE INDEX "studies_workspace_id_idempotency_key_key" ON "studies"("workspace_id", "idempotency_key");
CREATE UNIQUE INDEX "studies_link_token_key" ON "studies"("link_token");
CREATE INDEX "studies_workspace_id_created_at_id_idx" ON "studies"("workspace_id", "created_at", "id");
CREATE INDEX "studies_forked_from_id_idx" ON "studies"("forked_from_id");

CREATE FUNCTION keep_study_plan() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The plan of study % is locked.', OLD."number" USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER studies_keep_plan BEFORE UPDATE OF "plan_text", "plan_hash", "seed" ON "studies" FOR EACH ROW
  WHEN (OLD."plan_text" IS NOT NULL AND (OLD."plan_text" IS DISTINCT FROM NEW."plan_text" OR OLD."plan_hash" IS DISTINCT FROM NEW."plan_hash"
    OR OLD."seed" IS DISTINCT FROM NEW."seed"))
  EXECUTE FUNCTION keep_study_plan();

CREATE TABLE "study_images" (
    "study_id" TEXT NOT NULL REFERENCES "studies"("id") ON DELETE CASCADE,
    "role" "StudyImageRole" NOT NULL,
    "index" INTEGER NOT NULL,
    "image_sha256" TEXT NOT NULL REFERENCES "images"("sha256"),
    "token" TEXT NOT NULL,
    "label" INTEGER NOT NULL,
    "truth" INTEGER,
    "runners_up" INTEGER[] NOT NULL DEFAULT '{}',
    "foils" INTEGER[] NOT NULL DEFAULT '{}',
    "condition" TEXT NOT NULL DEFAULT '',
    "group" TEXT NOT NULL DEFAULT '',
    "source" TEXT NOT NULL,
    "confidence" DOUBLE PRECISION,
    "model_id" TEXT REFERENCES "models"("id") ON DELETE SET NULL,
    "elite_id" TEXT REFERENCES "elites"("id") ON DELETE SET NULL,
    "photo_id" TEXT REFERENCES "photos"("id") ON DELETE SET NULL,
    "votes" INTEGER NOT NULL DEFAULT 0,
    "agreeing" INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY ("study_id", "role", "index"),
    CONSTRAINT "study_images_tally_check" CHECK ("agreeing" BETWEEN 0 AND "votes"),
    CONSTRAINT "study_images_confidence_check" CHECK ("confidence" BETWEEN 0 AND 1)
);
CREATE UNIQUE INDEX "study_images_token_key" ON "study_images"("token");
CREATE INDEX "study_images_image_sha256_idx" ON "study_images"("image_sha256");
CREATE INDEX "study_images_model_id_idx" ON "study_images"("model_id");
CREATE INDEX "study_images_elite_id_idx" ON "study_images"("elite_id");
CREATE INDEX "study_images_photo_id_idx" ON "study_images"("photo_id");

CREATE TABLE "study_voters" (
    "id" TEXT PRIMARY KEY,
    "study_id" TEXT NOT NULL REFERENCES "studies"("id") ON DELETE CASCADE,
    "number" INTEGER NOT NULL,
    "user_id" TEXT REFERENCES "users"("id") ON DELETE SET NULL,
    "insider" BOOLEAN NOT NULL DEFAULT false,
    "session_hash" TEXT,
    "withdrawal_hash" TEXT,
    "consent_version" INTEGER NOT NULL,
    "language" TEXT NOT NULL,
    "items" INTEGER[] NOT NULL,
    "trial_count" INTEGER NOT NULL,
    "lease_expires_at" TIMESTAMPTZ(3) NOT NULL,
    "client_hash" TEXT,
    "screen" JSONB,
    "undone" INTEGER NOT NULL DEFAULT 0,
    "idempotency_key" TEXT,
    "joined_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),
    -- A voter who withdrew leaves nothing but a number, so that the numbers of the others stay as they are.
    CONSTRAINT "study_voters_withdrawn_check" CHECK ("withdrawn_at" IS NULL OR ("user_id" IS NULL AND "session_hash" IS NULL
      AND "withdrawal_hash" IS NULL AND "client_hash" IS NULL AND "screen" IS NULL AND cardinality("items") = 0))
);
CREATE UNIQUE INDEX "study_voters_study_id_number_key" ON "study_voters"("study_id", "number");
CREATE UNIQUE INDEX "study_voters_study_id_user_id_key" ON "study_voters"("study_id", "user_id");
CREATE UNIQUE INDEX "study_voters_study_id_idempotency_key_key" ON "study_voters"("study_id", "idempotency_key");
CREATE UNIQUE INDEX "study_voters_session_hash_key" ON "study_voters"("session_hash");
CREATE UNIQUE INDEX "study_voters_study_id_withdrawal_hash_key" ON "study_voters"("study_id", "withdrawal_hash");
CREATE INDEX "study_voters_user_id_idx" ON "study_voters"("user_id");

-- One vote for each trial of a voter.
CREATE TABLE "votes" (
    "voter_id" TEXT NOT NULL REFERENCES "study_voters"("id") ON DELETE CASCADE,
    "trial" INTEGER NOT NULL,
    "study_id" TEXT NOT NULL REFERENCES "studies"("id") ON DELETE CASCADE,
    "role" "StudyImageRole" NOT NULL,
    "item" INTEGER NOT NULL,
    "submission_id" TEXT NOT NULL,
    "answer" JSONB,
    "agrees" BOOLEAN,
    "response_ms" DOUBLE PRECISION,
    "timing" JSONB,
    "voted_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY ("voter_id", "trial"),
    CONSTRAINT "votes_response_ms_check" CHECK ("response_ms" >= 0)
);
CREATE INDEX "votes_study_id_role_item_idx" ON "votes"("study_id", "role", "item");

-- Votes that their voters took back, oldest first.
CREATE TABLE "vote_revisions" (
    "voter_id" TEXT NOT NULL REFERENCES "study_voters"("id") ON DELETE CASCADE,
    "trial" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL,
    "submission_id" TEXT NOT NULL,
    "answer" JSONB,
    "response_ms" DOUBLE PRECISION,
    "timing" JSONB,
    "voted_at" TIMESTAMPTZ(3) NOT NULL,
    "undone_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY ("voter_id", "trial", "revision")
);

-- The last computed statistics of a study, for as many votes as `vote_count`.
CREATE TABLE "study_results" (
    "study_id" TEXT NOT NULL REFERENCES "studies"("id") ON DELETE CASCADE,
    "kind" TEXT NOT NULL,
    "vote_count" INTEGER NOT NULL,
    "result" JSONB NOT NULL,
    "computed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY ("study_id", "kind")
);

-- A study keeps its images: its workspace owns them, too.
CREATE OR REPLACE VIEW "image_owners" AS
    SELECT g."image_sha256" AS "sha256", r."workspace_id", r."experiment_id" FROM "genomes" g JOIN "runs" r ON r."id" = g."run_id"
    UNION ALL SELECT p."image_sha256", p."workspace_id", NULL FROM "photos" p
    UNION ALL SELECT r."source_sha256", r."workspace_id", r."experiment_id" FROM "runs" r WHERE r."source_sha256" IS NOT NULL
    UNION ALL SELECT t."image_sha256", r."workspace_id", r."experiment_id" FROM "trajectories" t JOIN "runs" r ON r."id" = t."run_id"
    UNION ALL SELECT o."image_sha256", r."workspace_id", r."experiment_id" FROM "replaced_pictures" o
        JOIN "trajectories" t ON t."id" = o."trajectory_id" JOIN "runs" r ON r."id" = t."run_id"
    UNION ALL SELECT m."image_sha256", r."workspace_id", r."experiment_id" FROM "trajectory_milestones" m
        JOIN "trajectories" t ON t."id" = m."trajectory_id" JOIN "runs" r ON r."id" = t."run_id"
    UNION ALL SELECT p."image_sha256", r."workspace_id", r."experiment_id" FROM "perturbations" p JOIN "runs" r ON r."id" = p."run_id"
    UNION ALL SELECT p."original_sha256", r."workspace_id", r."experiment_id" FROM "perturbations" p JOIN "runs" r ON r."id" = p."run_id"
    UNION ALL SELECT e."image_sha256", r."workspace_id", r."experiment_id" FROM "chain_elites" e
        JOIN "chain_links" l ON l."id" = e."link_id" JOIN "runs" r ON r."id" = l."run_id"
    UNION ALL SELECT s."image_sha256", t."workspace_id", NULL FROM "study_images" s JOIN "studies" t ON t."id" = s."study_id";
