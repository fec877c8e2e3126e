-- The list of all scores, the highest confidence first, sorted every row for each page.
CREATE INDEX "scores_top_confidence_id_idx" ON "scores"("top_confidence", "id");
