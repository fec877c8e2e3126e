-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('OWNER', 'RESEARCHER', 'LABELLER', 'VIEWER');

-- CreateEnum
CREATE TYPE "RunState" AS ENUM ('QUEUED', 'RUNNING', 'PAUSED', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'CRASHED');

-- CreateEnum
CREATE TYPE "RunControl" AS ENUM ('NONE', 'PAUSE', 'CANCEL');

-- CreateTable
CREATE TABLE "users" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workspaces" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "logo" TEXT,
    "metadata" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_experiment_number" INTEGER NOT NULL DEFAULT 0,
    "last_run_number" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "workspaces_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "memberships" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "memberships_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "models" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "licence" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "channels" INTEGER NOT NULL,
    "labels" TEXT[],
    "test_error" DOUBLE PRECISION,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "models_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "experiments" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "created_by_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "idempotency_key" TEXT,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "experiments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "runs" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "experiment_id" TEXT NOT NULL,
    "created_by_id" TEXT NOT NULL,
    "model_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "idempotency_key" TEXT,
    "state" "RunState" NOT NULL DEFAULT 'QUEUED',
    "control" "RunControl" NOT NULL DEFAULT 'NONE',
    "failure" TEXT,
    "encoding" TEXT NOT NULL,
    "preset" TEXT NOT NULL,
    "parameters" JSONB NOT NULL,
    "seed" INTEGER NOT NULL,
    "generations" INTEGER NOT NULL,
    "offspring" INTEGER NOT NULL,
    "manifest" JSONB,
    "generation" INTEGER NOT NULL DEFAULT -1,
    "evaluations" INTEGER NOT NULL DEFAULT 0,
    "archive_hash" TEXT,
    "speed" DOUBLE PRECISION,
    "median" DOUBLE PRECISION,
    "fooling_count" INTEGER NOT NULL DEFAULT 0,
    "worker_id" TEXT,
    "lease_token" TEXT,
    "lease_expires_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "event_seq" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "generations" (
    "run_id" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "median" DOUBLE PRECISION NOT NULL,
    "mean" DOUBLE PRECISION NOT NULL,
    "minimum" DOUBLE PRECISION NOT NULL,
    "maximum" DOUBLE PRECISION NOT NULL,
    "jumps" INTEGER NOT NULL,
    "filled" INTEGER NOT NULL,
    "evaluations" INTEGER NOT NULL,

    CONSTRAINT "generations_pkey" PRIMARY KEY ("run_id","generation")
);

-- CreateTable
CREATE TABLE "genomes" (
    "id" TEXT NOT NULL,
    "run_id" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "index" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "byte_length" INTEGER NOT NULL,
    "bytes" BYTEA,
    "first_parent_id" TEXT,
    "second_parent_id" TEXT,
    "image_sha256" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "genomes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "elites" (
    "id" TEXT NOT NULL,
    "run_id" TEXT NOT NULL,
    "genome_id" TEXT NOT NULL,
    "niche" INTEGER NOT NULL,
    "generation" INTEGER NOT NULL,
    "replaced_at" INTEGER,
    "fitness" DOUBLE PRECISION NOT NULL,
    "stored_fitness" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "elites_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "images" (
    "sha256" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "channels" INTEGER NOT NULL,
    "byte_length" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "images_pkey" PRIMARY KEY ("sha256")
);

-- CreateTable
CREATE TABLE "scores" (
    "id" TEXT NOT NULL,
    "image_sha256" TEXT NOT NULL,
    "model_id" TEXT NOT NULL,
    "probabilities" BYTEA NOT NULL,
    "top_class" INTEGER NOT NULL,
    "top_confidence" DOUBLE PRECISION NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "scores_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run_events" (
    "run_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "run_events_pkey" PRIMARY KEY ("run_id","seq")
);

-- CreateTable
CREATE TABLE "workers" (
    "id" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "process_id" INTEGER NOT NULL,
    "engine" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "heartbeat_at" TIMESTAMPTZ(3) NOT NULL,
    "stopped_at" TIMESTAMPTZ(3),

    CONSTRAINT "workers_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE UNIQUE INDEX "workspaces_slug_key" ON "workspaces"("slug");

-- CreateIndex
CREATE INDEX "memberships_user_id_idx" ON "memberships"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "memberships_workspace_id_user_id_key" ON "memberships"("workspace_id", "user_id");

-- CreateIndex
CREATE INDEX "models_created_at_id_idx" ON "models"("created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "models_workspace_id_slug_key" ON "models"("workspace_id", "slug");

-- CreateIndex
CREATE INDEX "experiments_workspace_id_updated_at_id_idx" ON "experiments"("workspace_id", "updated_at", "id");

-- CreateIndex
CREATE INDEX "experiments_workspace_id_created_at_id_idx" ON "experiments"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "experiments_workspace_id_number_key" ON "experiments"("workspace_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "experiments_workspace_id_idempotency_key_key" ON "experiments"("workspace_id", "idempotency_key");

-- CreateIndex
CREATE INDEX "runs_experiment_id_created_at_id_idx" ON "runs"("experiment_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "runs_workspace_id_created_at_id_idx" ON "runs"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "runs_state_lease_expires_at_idx" ON "runs"("state", "lease_expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "runs_workspace_id_number_key" ON "runs"("workspace_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "runs_workspace_id_idempotency_key_key" ON "runs"("workspace_id", "idempotency_key");

-- CreateIndex
CREATE INDEX "genomes_first_parent_id_idx" ON "genomes"("first_parent_id");

-- CreateIndex
CREATE INDEX "genomes_second_parent_id_idx" ON "genomes"("second_parent_id");

-- CreateIndex
CREATE INDEX "genomes_image_sha256_idx" ON "genomes"("image_sha256");

-- CreateIndex
CREATE UNIQUE INDEX "genomes_run_id_generation_index_key" ON "genomes"("run_id", "generation", "index");

-- CreateIndex
CREATE INDEX "elites_genome_id_idx" ON "elites"("genome_id");

-- CreateIndex
CREATE INDEX "elites_run_id_generation_idx" ON "elites"("run_id", "generation");

-- CreateIndex
CREATE INDEX "elites_stored_fitness_id_idx" ON "elites"("stored_fitness", "id");

-- CreateIndex
CREATE UNIQUE INDEX "elites_run_id_niche_generation_key" ON "elites"("run_id", "niche", "generation");

-- CreateIndex
CREATE INDEX "images_created_at_sha256_idx" ON "images"("created_at", "sha256");

-- CreateIndex
CREATE INDEX "scores_model_id_top_confidence_idx" ON "scores"("model_id", "top_confidence");

-- CreateIndex
CREATE UNIQUE INDEX "scores_image_sha256_model_id_key" ON "scores"("image_sha256", "model_id");

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "models" ADD CONSTRAINT "models_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "experiments" ADD CONSTRAINT "experiments_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "experiments" ADD CONSTRAINT "experiments_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "runs" ADD CONSTRAINT "runs_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "runs" ADD CONSTRAINT "runs_experiment_id_fkey" FOREIGN KEY ("experiment_id") REFERENCES "experiments"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "runs" ADD CONSTRAINT "runs_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "runs" ADD CONSTRAINT "runs_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "models"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "generations" ADD CONSTRAINT "generations_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "genomes" ADD CONSTRAINT "genomes_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "genomes" ADD CONSTRAINT "genomes_first_parent_id_fkey" FOREIGN KEY ("first_parent_id") REFERENCES "genomes"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "genomes" ADD CONSTRAINT "genomes_second_parent_id_fkey" FOREIGN KEY ("second_parent_id") REFERENCES "genomes"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "genomes" ADD CONSTRAINT "genomes_image_sha256_fkey" FOREIGN KEY ("image_sha256") REFERENCES "images"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "elites" ADD CONSTRAINT "elites_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "elites" ADD CONSTRAINT "elites_genome_id_fkey" FOREIGN KEY ("genome_id") REFERENCES "genomes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scores" ADD CONSTRAINT "scores_image_sha256_fkey" FOREIGN KEY ("image_sha256") REFERENCES "images"("sha256") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scores" ADD CONSTRAINT "scores_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "models"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_events" ADD CONSTRAINT "run_events_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;
