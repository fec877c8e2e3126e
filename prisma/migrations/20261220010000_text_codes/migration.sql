-- Researchers code the texts that voters write: each coder blind, then disputes are settled.
CREATE TYPE "TextCodeKind" AS ENUM ('LABEL', 'NONE', 'UNCODABLE');

CREATE TABLE "text_coders" (
    "study_id" TEXT NOT NULL REFERENCES "studies"("id") ON DELETE CASCADE,
    "number" INTEGER NOT NULL,
    "user_id" TEXT REFERENCES "users"("id") ON DELETE SET NULL,
    PRIMARY KEY ("study_id", "number")
);
CREATE UNIQUE INDEX "text_coders_study_id_user_id_key" ON "text_coders"("study_id", "user_id");
CREATE INDEX "text_coders_user_id_idx" ON "text_coders"("user_id");

CREATE TABLE "coded_texts" (
    "study_id" TEXT NOT NULL REFERENCES "studies"("id") ON DELETE CASCADE,
    "number" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "revealed_at" TIMESTAMPTZ(3),
    PRIMARY KEY ("study_id", "number")
);
CREATE UNIQUE INDEX "coded_texts_study_id_text_key" ON "coded_texts"("study_id", "text");

CREATE TABLE "text_codes" (
    "study_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "coder" INTEGER NOT NULL,
    "kind" "TextCodeKind" NOT NULL,
    "label" INTEGER,
    "coded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY ("study_id", "number", "coder"),
    FOREIGN KEY ("study_id", "number") REFERENCES "coded_texts"("study_id", "number") ON DELETE CASCADE,
    FOREIGN KEY ("study_id", "coder") REFERENCES "text_coders"("study_id", "number") ON DELETE CASCADE,
    CONSTRAINT "text_codes_label_check" CHECK (("kind" = 'LABEL') = ("label" IS NOT NULL))
);
CREATE INDEX "text_codes_study_id_coder_idx" ON "text_codes"("study_id", "coder");

CREATE TABLE "text_decisions" (
    "study_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" "TextCodeKind" NOT NULL,
    "label" INTEGER,
    "reason" TEXT NOT NULL,
    "decided_by_id" TEXT REFERENCES "users"("id") ON DELETE SET NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY ("study_id", "number"),
    FOREIGN KEY ("study_id", "number") REFERENCES "coded_texts"("study_id", "number") ON DELETE CASCADE,
    CONSTRAINT "text_decisions_label_check" CHECK (("kind" = 'LABEL') = ("label" IS NOT NULL)),
    CONSTRAINT "text_decisions_reason_check" CHECK (char_length("reason") BETWEEN 1 AND 2000)
);
CREATE INDEX "text_decisions_decided_by_id_idx" ON "text_decisions"("decided_by_id");

-- Codes stay as they were given, a reveal is not taken back, and decisions keep what was decided and why.
CREATE FUNCTION keep_text_code() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  RAISE EXCEPTION 'Codes, reveals and decisions of texts are never changed.' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER text_codes_keep BEFORE UPDATE ON "text_codes" FOR EACH ROW EXECUTE FUNCTION keep_text_code();
CREATE TRIGGER text_decisions_keep BEFORE UPDATE OF "kind", "label", "reason", "decided_at" ON "text_decisions" FOR EACH ROW
  EXECUTE FUNCTION keep_text_code();
CREATE TRIGGER coded_texts_keep BEFORE UPDATE ON "coded_texts" FOR EACH ROW WHEN (OLD."revealed_at" IS NOT NULL OR NEW."text" <> OLD."text")
  EXECUTE FUNCTION keep_text_code();

-- Results of texts say what is missing in other words, and have a kind for the coding. All are computed again.
UPDATE "study_results" SET "vote_count" = -1;
