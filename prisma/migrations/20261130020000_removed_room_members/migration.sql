-- Members of a norming room can be removed while no image is revealed. Their rows stay, since their votes do.
ALTER TABLE "norming_room_members" ADD COLUMN "removed_at" TIMESTAMPTZ(3);
