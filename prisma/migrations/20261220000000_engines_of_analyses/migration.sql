-- What computed the result of an analysis, so that a verification knows whether it can repeat every bit. Unknown for earlier results.
ALTER TABLE "analyses" ADD COLUMN "engine" TEXT;
