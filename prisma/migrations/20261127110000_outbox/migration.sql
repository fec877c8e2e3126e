-- The outbox: attempts to send an e-mail, and the part of it that only its recipient may read.
ALTER TABLE "emails" ADD COLUMN "sealed_text" TEXT;
ALTER TABLE "emails" ADD COLUMN "attempts" INTEGER NOT NULL DEFAULT 0;
-- The e-mails of earlier versions are not sent now: the default applies to new rows only.
ALTER TABLE "emails" ADD COLUMN "next_attempt_at" TIMESTAMPTZ(3);
ALTER TABLE "emails" ALTER COLUMN "next_attempt_at" SET DEFAULT CURRENT_TIMESTAMP;
CREATE INDEX "emails_next_attempt_at_idx" ON "emails"("next_attempt_at");

-- The token of the link in an invitation's e-mail, which no owner sees: using it proves the address.
ALTER TABLE "invitations" ADD COLUMN "mailed_token_hash" TEXT;
CREATE UNIQUE INDEX "invitations_mailed_token_hash_key" ON "invitations"("mailed_token_hash");
