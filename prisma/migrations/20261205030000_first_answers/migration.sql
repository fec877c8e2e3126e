-- The first answers of mutations, by idempotency key. Not unlogged: after a crash, a repeated request must still find its answer.
CREATE TABLE "first_answers" (
    "id" TEXT NOT NULL,
    "input_hash" TEXT NOT NULL,
    "claim" TEXT NOT NULL,
    "answer" BYTEA,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "first_answers_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "first_answers_expires_at_idx" ON "first_answers"("expires_at");
