-- Rooms in which members discuss disputed images of a study: they vote blind, see all votes, discuss, and vote again.
CREATE TYPE "NormingState" AS ENUM ('BLIND', 'REVEALED', 'VOTING_AGAIN', 'DECIDED');
CREATE TYPE "NormingOutcome" AS ENUM ('CLASS', 'NOTHING', 'DISPUTED');

CREATE TABLE "norming_rooms" (
    "id" TEXT PRIMARY KEY,
    "study_id" TEXT NOT NULL REFERENCES "studies"("id") ON DELETE CASCADE,
    "created_by_id" TEXT NOT NULL REFERENCES "users"("id"),
    "number" INTEGER NOT NULL,
    "sequence" INTEGER NOT NULL DEFAULT 0,
    "idempotency_key" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX "norming_rooms_study_id_number_key" ON "norming_rooms"("study_id", "number");
CREATE UNIQUE INDEX "norming_rooms_study_id_idempotency_key_key" ON "norming_rooms"("study_id", "idempotency_key");
CREATE INDEX "norming_rooms_created_by_id_idx" ON "norming_rooms"("created_by_id");

CREATE TABLE "norming_room_members" (
    "room_id" TEXT NOT NULL REFERENCES "norming_rooms"("id") ON DELETE CASCADE,
    "number" INTEGER NOT NULL,
    "user_id" TEXT REFERENCES "users"("id") ON DELETE SET NULL,
    PRIMARY KEY ("room_id", "number")
);
CREATE UNIQUE INDEX "norming_room_members_room_id_user_id_key" ON "norming_room_members"("room_id", "user_id");
CREATE INDEX "norming_room_members_user_id_idx" ON "norming_room_members"("user_id");

CREATE TABLE "norming_room_images" (
    "room_id" TEXT NOT NULL REFERENCES "norming_rooms"("id") ON DELETE CASCADE,
    "place" INTEGER NOT NULL,
    "study_id" TEXT NOT NULL,
    "role" "StudyImageRole" NOT NULL DEFAULT 'COUNTED',
    "image_index" INTEGER NOT NULL,
    "state" "NormingState" NOT NULL DEFAULT 'BLIND',
    "sequence" INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY ("room_id", "place"),
    FOREIGN KEY ("study_id", "role", "image_index") REFERENCES "study_images"("study_id", "role", "index") ON DELETE CASCADE,
    CONSTRAINT "norming_room_images_role_check" CHECK ("role" = 'COUNTED')
);
CREATE UNIQUE INDEX "norming_room_images_room_id_image_index_key" ON "norming_room_images"("room_id", "image_index");
CREATE INDEX "norming_room_images_study_id_role_image_index_idx" ON "norming_room_images"("study_id", "role", "image_index");

-- One vote for each member, image and round. A label of null is "nothing I recognise".
CREATE TABLE "norming_votes" (
    "room_id" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "member" INTEGER NOT NULL,
    "round" INTEGER NOT NULL,
    "label" INTEGER,
    "voted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY ("room_id", "place", "member", "round"),
    FOREIGN KEY ("room_id", "place") REFERENCES "norming_room_images"("room_id", "place") ON DELETE CASCADE,
    FOREIGN KEY ("room_id", "member") REFERENCES "norming_room_members"("room_id", "number") ON DELETE CASCADE,
    CONSTRAINT "norming_votes_round_check" CHECK ("round" IN (1, 2))
);
CREATE INDEX "norming_votes_room_id_member_idx" ON "norming_votes"("room_id", "member");

CREATE TABLE "norming_comments" (
    "room_id" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "member" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY ("room_id", "place", "number"),
    FOREIGN KEY ("room_id", "place") REFERENCES "norming_room_images"("room_id", "place") ON DELETE CASCADE,
    FOREIGN KEY ("room_id", "member") REFERENCES "norming_room_members"("room_id", "number") ON DELETE CASCADE,
    CONSTRAINT "norming_comments_text_check" CHECK (char_length("text") BETWEEN 1 AND 2000)
);
CREATE INDEX "norming_comments_room_id_member_idx" ON "norming_comments"("room_id", "member");

CREATE TABLE "norming_decisions" (
    "room_id" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "outcome" "NormingOutcome" NOT NULL,
    "label" INTEGER,
    "reason" TEXT NOT NULL,
    "decided_by_id" TEXT REFERENCES "users"("id") ON DELETE SET NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY ("room_id", "place"),
    FOREIGN KEY ("room_id", "place") REFERENCES "norming_room_images"("room_id", "place") ON DELETE CASCADE,
    CONSTRAINT "norming_decisions_label_check" CHECK (("outcome" = 'CLASS') = ("label" IS NOT NULL)),
    CONSTRAINT "norming_decisions_reason_check" CHECK (char_length("reason") BETWEEN 1 AND 2000)
);
CREATE INDEX "norming_decisions_decided_by_id_idx" ON "norming_decisions"("decided_by_id");

-- Votes and comments stay as they were cast and written, and decisions keep what was decided and why.
CREATE FUNCTION keep_norming_record() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  RAISE EXCEPTION 'Votes, comments and decisions of a norming room are never changed.' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER norming_votes_keep BEFORE UPDATE ON "norming_votes" FOR EACH ROW EXECUTE FUNCTION keep_norming_record();
CREATE TRIGGER norming_comments_keep BEFORE UPDATE ON "norming_comments" FOR EACH ROW EXECUTE FUNCTION keep_norming_record();
CREATE TRIGGER norming_decisions_keep BEFORE UPDATE OF "outcome", "label", "reason", "decided_at" ON "norming_decisions" FOR EACH ROW
  EXECUTE FUNCTION keep_norming_record();
