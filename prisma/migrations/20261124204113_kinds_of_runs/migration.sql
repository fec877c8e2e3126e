-- CreateEnum
CREATE TYPE "ModelState" AS ENUM ('AVAILABLE', 'NOT_DOWNLOADED', 'CHECKING', 'REFUSED');

-- CreateEnum
CREATE TYPE "WorkState" AS ENUM ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED');

-- AlterTable
ALTER TABLE "models" ADD COLUMN     "byte_length" INTEGER,
ADD COLUMN     "created_by_id" TEXT,
ADD COLUMN     "idempotency_key" TEXT,
ADD COLUMN     "label_space" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "origin" TEXT NOT NULL DEFAULT 'zoo',
ADD COLUMN     "preprocessing" JSONB,
ADD COLUMN     "refusal" TEXT,
ADD COLUMN     "report" JSONB,
ADD COLUMN     "state" "ModelState" NOT NULL DEFAULT 'AVAILABLE',
ADD COLUMN     "url" TEXT;

-- AlterTable
ALTER TABLE "runs" ADD COLUMN     "evaluation_goal" INTEGER,
ADD COLUMN     "framing" JSONB NOT NULL DEFAULT '{"kind":"whole"}',
ADD COLUMN     "kind" TEXT NOT NULL DEFAULT 'evolution',
ADD COLUMN     "method" TEXT,
ADD COLUMN     "plan" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "source_sha256" TEXT,
ALTER COLUMN "encoding" DROP NOT NULL,
ALTER COLUMN "generations" DROP NOT NULL,
ALTER COLUMN "offspring" DROP NOT NULL;

-- CreateTable
CREATE TABLE "uploads" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "created_by_id" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "byte_length" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "claimed_at" TIMESTAMPTZ(3),

    CONSTRAINT "uploads_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "photos" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT,
    "created_by_id" TEXT,
    "image_sha256" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "label" TEXT,
    "licence" TEXT NOT NULL DEFAULT '',
    "source" TEXT NOT NULL DEFAULT '',
    "idempotency_key" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "photos_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "trajectories" (
    "id" TEXT NOT NULL,
    "run_id" TEXT NOT NULL,
    "class" INTEGER NOT NULL,
    "start" INTEGER NOT NULL,
    "step" INTEGER NOT NULL,
    "ended" BOOLEAN NOT NULL DEFAULT false,
    "confidence" DOUBLE PRECISION NOT NULL,
    "stored_confidence" DOUBLE PRECISION NOT NULL,
    "image_sha256" TEXT NOT NULL,
    "curve_steps" INTEGER[],
    "curve_confidences" DOUBLE PRECISION[],
    "curve_stored_confidences" DOUBLE PRECISION[],
    "curve_norms" DOUBLE PRECISION[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "trajectories_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "trajectory_milestones" (
    "trajectory_id" TEXT NOT NULL,
    "level" DOUBLE PRECISION NOT NULL,
    "step" INTEGER NOT NULL,
    "confidence" DOUBLE PRECISION NOT NULL,
    "stored_confidence" DOUBLE PRECISION NOT NULL,
    "image_sha256" TEXT NOT NULL,

    CONSTRAINT "trajectory_milestones_pkey" PRIMARY KEY ("trajectory_id","level")
);

-- CreateTable
CREATE TABLE "perturbations" (
    "id" TEXT NOT NULL,
    "run_id" TEXT NOT NULL,
    "index" INTEGER NOT NULL,
    "bound" DOUBLE PRECISION,
    "success" BOOLEAN NOT NULL,
    "steps" INTEGER NOT NULL,
    "linf" DOUBLE PRECISION NOT NULL,
    "l2" DOUBLE PRECISION NOT NULL,
    "l0" INTEGER NOT NULL,
    "original_sha256" TEXT NOT NULL,
    "original_class" INTEGER NOT NULL,
    "original_confidence" DOUBLE PRECISION NOT NULL,
    "stored_class" INTEGER NOT NULL,
    "stored_confidence" DOUBLE PRECISION NOT NULL,
    "stored_target_confidence" DOUBLE PRECISION,
    "confidence" DOUBLE PRECISION NOT NULL,
    "image_sha256" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "perturbations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "chains" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "run_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "dataset" TEXT NOT NULL,
    "iterations" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "chains_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "chain_links" (
    "id" TEXT NOT NULL,
    "chain_id" TEXT NOT NULL,
    "run_id" TEXT NOT NULL,
    "iteration" INTEGER NOT NULL,
    "state" "WorkState" NOT NULL DEFAULT 'QUEUED',
    "model_id" TEXT,
    "test_error" DOUBLE PRECISION,
    "median_confidence" DOUBLE PRECISION,
    "fooling_share" DOUBLE PRECISION,
    "fooling_images" INTEGER,
    "metrics" JSONB NOT NULL DEFAULT '{}',
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "chain_links_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "chain_elites" (
    "link_id" TEXT NOT NULL,
    "niche" INTEGER NOT NULL,
    "confidence" DOUBLE PRECISION NOT NULL,
    "stored_confidence" DOUBLE PRECISION NOT NULL,
    "image_sha256" TEXT NOT NULL,

    CONSTRAINT "chain_elites_pkey" PRIMARY KEY ("link_id","niche")
);

-- CreateTable
CREATE TABLE "analyses" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "created_by_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "run_id" TEXT,
    "model_id" TEXT,
    "input" JSONB NOT NULL,
    "input_hash" TEXT NOT NULL,
    "state" "WorkState" NOT NULL DEFAULT 'QUEUED',
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER,
    "result" JSONB,
    "failure" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "heartbeat_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "analyses_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "uploads_workspace_id_created_at_id_idx" ON "uploads"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "uploads_claimed_at_created_at_idx" ON "uploads"("claimed_at", "created_at");

-- CreateIndex
CREATE INDEX "photos_workspace_id_created_at_id_idx" ON "photos"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "photos_image_sha256_idx" ON "photos"("image_sha256");

-- CreateIndex
CREATE UNIQUE INDEX "photos_workspace_id_idempotency_key_key" ON "photos"("workspace_id", "idempotency_key");

-- CreateIndex
CREATE INDEX "trajectories_image_sha256_idx" ON "trajectories"("image_sha256");

-- CreateIndex
CREATE UNIQUE INDEX "trajectories_run_id_class_start_key" ON "trajectories"("run_id", "class", "start");

-- CreateIndex
CREATE INDEX "trajectory_milestones_image_sha256_idx" ON "trajectory_milestones"("image_sha256");

-- CreateIndex
CREATE INDEX "perturbations_image_sha256_idx" ON "perturbations"("image_sha256");

-- CreateIndex
CREATE INDEX "perturbations_original_sha256_idx" ON "perturbations"("original_sha256");

-- CreateIndex
CREATE UNIQUE INDEX "perturbations_run_id_index_key" ON "perturbations"("run_id", "index");

-- CreateIndex
CREATE UNIQUE INDEX "chains_run_id_key" ON "chains"("run_id");

-- CreateIndex
CREATE INDEX "chains_workspace_id_created_at_id_idx" ON "chains"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "chain_links_run_id_idx" ON "chain_links"("run_id");

-- CreateIndex
CREATE UNIQUE INDEX "chain_links_chain_id_iteration_key" ON "chain_links"("chain_id", "iteration");

-- CreateIndex
CREATE INDEX "chain_elites_image_sha256_idx" ON "chain_elites"("image_sha256");

-- CreateIndex
CREATE INDEX "analyses_workspace_id_created_at_id_idx" ON "analyses"("workspace_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "analyses_state_created_at_idx" ON "analyses"("state", "created_at");

-- CreateIndex
CREATE INDEX "analyses_run_id_idx" ON "analyses"("run_id");

-- CreateIndex
CREATE UNIQUE INDEX "analyses_workspace_id_input_hash_key" ON "analyses"("workspace_id", "input_hash");

-- CreateIndex
CREATE INDEX "models_label_space_idx" ON "models"("label_space");

-- CreateIndex
CREATE UNIQUE INDEX "models_workspace_id_idempotency_key_key" ON "models"("workspace_id", "idempotency_key");

-- CreateIndex
CREATE INDEX "runs_model_id_idx" ON "runs"("model_id");

-- CreateIndex
CREATE INDEX "runs_source_sha256_idx" ON "runs"("source_sha256");

-- AddForeignKey
ALTER TABLE "models" ADD CONSTRAINT "models_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "photos" ADD CONSTRAINT "photos_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "photos" ADD CONSTRAINT "photos_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "photos" ADD CONSTRAINT "photos_image_sha256_fkey" FOREIGN KEY ("image_sha256") REFERENCES "images"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "runs" ADD CONSTRAINT "runs_source_sha256_fkey" FOREIGN KEY ("source_sha256") REFERENCES "images"("sha256") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "trajectories" ADD CONSTRAINT "trajectories_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "trajectories" ADD CONSTRAINT "trajectories_image_sha256_fkey" FOREIGN KEY ("image_sha256") REFERENCES "images"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "trajectory_milestones" ADD CONSTRAINT "trajectory_milestones_trajectory_id_fkey" FOREIGN KEY ("trajectory_id") REFERENCES "trajectories"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "trajectory_milestones" ADD CONSTRAINT "trajectory_milestones_image_sha256_fkey" FOREIGN KEY ("image_sha256") REFERENCES "images"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "perturbations" ADD CONSTRAINT "perturbations_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "perturbations" ADD CONSTRAINT "perturbations_image_sha256_fkey" FOREIGN KEY ("image_sha256") REFERENCES "images"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "perturbations" ADD CONSTRAINT "perturbations_original_sha256_fkey" FOREIGN KEY ("original_sha256") REFERENCES "images"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chains" ADD CONSTRAINT "chains_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chain_links" ADD CONSTRAINT "chain_links_chain_id_fkey" FOREIGN KEY ("chain_id") REFERENCES "chains"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chain_links" ADD CONSTRAINT "chain_links_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chain_links" ADD CONSTRAINT "chain_links_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "models"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chain_elites" ADD CONSTRAINT "chain_elites_link_id_fkey" FOREIGN KEY ("link_id") REFERENCES "chain_links"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chain_elites" ADD CONSTRAINT "chain_elites_image_sha256_fkey" FOREIGN KEY ("image_sha256") REFERENCES "images"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "analyses" ADD CONSTRAINT "analyses_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "analyses" ADD CONSTRAINT "analyses_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "analyses" ADD CONSTRAINT "analyses_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "analyses" ADD CONSTRAINT "analyses_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "models"("id") ON DELETE CASCADE ON UPDATE CASCADE;
