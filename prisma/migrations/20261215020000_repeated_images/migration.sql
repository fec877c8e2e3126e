-- A voter may see a counted image a second time: such votes never count.
ALTER TABLE "votes" ADD COLUMN "repeated" BOOLEAN NOT NULL DEFAULT false;
