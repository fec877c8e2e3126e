/** What scoring reports. The scores themselves are rows of their own. */
import { integer, list, record, type ShapeValue, text } from "@pareidolia/core/documentShape";

export const scoredImages = record({
  /** Scores written. */
  scored: integer,
  /** Models that had images to score. */
  models: integer,
  /** Models that stopped early, each with the reason. */
  skipped: list(record({ modelId: text, name: text, reason: text })),
});

export type ScoredImages = ShapeValue<typeof scoredImages>;
