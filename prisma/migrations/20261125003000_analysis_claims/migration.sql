-- Only the holder of the token may write to an analysis that is under way.
ALTER TABLE "analyses" ADD COLUMN "claim_token" TEXT;

-- An elite's page asks for its last ablation.
CREATE INDEX "analyses_ablation_of_elite" ON "analyses" (("input"->>'eliteId'), "created_at") WHERE "kind" = 'ablation';
