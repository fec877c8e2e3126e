/** The result document of a scoring. The scores themselves are separate rows. */
import { integer, list, record, type ShapeValue, text } from "@pareidolia/core/documentShape";

export const scoredImages = record({
  /** Scores written. */
  scored: integer,
  /** Models that had images to score. */
  models: integer,
  /** Models that did not score all images, with the reason. */
  skipped: list(record({ modelId: text, name: text, reason: text })),
});

export type ScoredImages = ShapeValue<typeof scoredImages>;
