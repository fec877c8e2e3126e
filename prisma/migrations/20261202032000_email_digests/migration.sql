-- The address with which a mail program unsubscribes its user (RFC 8058), for e-mails that a member can do without.
ALTER TABLE "emails" ADD COLUMN "unsubscribe_url" TEXT;
